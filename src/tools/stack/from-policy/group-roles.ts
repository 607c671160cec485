import { type JsonObject, objectOf } from "../../../json.ts";
import type { GeneratedRole, TextSetting } from "../../lint/groups-file.ts";
import type { PlannedGroup } from "./planned-group.ts";

/** The IAM roles of groups. */
export interface GroupRoles {
  /** Group -> the value of its `RoleArn`. */
  readonly arns: ReadonlyMap<string, unknown>;
  /** Group -> the role that is created for it. */
  readonly made: ReadonlyMap<string, { readonly logicalName: string; readonly role: JsonObject }>;
}

/** The logical names in resources/identity-pool.yml that generated roles use. */
const IDENTITY_POOL = {
  /** Every generated role has its trust policy. */
  signedInRole: "SignedInRole",
  /** The rights of every signed-in user. */
  signedInPolicy: "SignedInPolicy",
  bucket: "UserFilesBucket",
} as const;

/**
 * The roles that `groups.yaml` gives to groups, without roles that this stage does not have: without an identity pool
 * no user can assume them.
 */
export function groupRoles(groups: readonly PlannedGroup[], resources: JsonObject): GroupRoles {
  const arns = new Map<string, unknown>();
  const made = new Map<string, { logicalName: string; role: JsonObject }>();
  const trust = objectOf(objectOf(resources[IDENTITY_POOL.signedInRole])["Properties"])[
    "AssumeRolePolicyDocument"
  ];
  for (const { name, logicalName, settings } of groups) {
    const role = settings?.role;
    if (role === undefined) continue;
    if (role.kind === "named") {
      const arn = role.text.startsWith("arn:") ? role.text : arnOf(role.text, resources);
      if (arn !== undefined) arns.set(name, arn);
    } else if (trust !== undefined) {
      const roleName = `${logicalName}Role`;
      made.set(name, { logicalName: roleName, role: generatedRole(role, trust, resources, name) });
      arns.set(name, { "Fn::GetAtt": [roleName, "Arn"] });
    }
  }
  return { arns, made };
}

function arnOf(logicalName: string, resources: JsonObject): JsonObject | undefined {
  return objectOf(resources[logicalName])["Type"] === "AWS::IAM::Role"
    ? { "Fn::GetAtt": [logicalName, "Arn"] }
    : undefined;
}

function generatedRole(
  role: GeneratedRole,
  trust: unknown,
  resources: JsonObject,
  group: string,
): JsonObject {
  const has = (logicalName: string) => Object.hasOwn(resources, logicalName);
  const statements = has(IDENTITY_POOL.bucket) ? bucketStatements(role) : [];
  const document = { Version: "2012-10-17", Statement: statements };
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      Description: `Members of the user pool group ${group.replace(/[^\x20-\x7E]/gu, "?")}`,
      AssumeRolePolicyDocument: trust,
      ...(role.signedIn &&
        has(IDENTITY_POOL.signedInPolicy) && { ManagedPolicyArns: [{ Ref: IDENTITY_POOL.signedInPolicy }] }),
      ...(statements.length > 0 && { Policies: [{ PolicyName: "group", PolicyDocument: document }] }),
    },
  };
}

function bucketStatements({ read, write }: GeneratedRole): JsonObject[] {
  const allow = (actions: readonly string[], prefixes: readonly TextSetting[]) =>
    prefixes.length === 0
      ? []
      : [{ Effect: "Allow", Action: actions, Resource: prefixes.map(({ text }) => objectsBelow(text)) }];
  return [
    ...allow(["s3:GetObject"], read),
    ...(read.length > 0 ? [listing(read)] : []),
    ...allow(["s3:PutObject", "s3:DeleteObject"], write),
  ];
}

/** Only names below the prefixes can be listed: a listing without a prefix shows the names of all files. */
function listing(prefixes: readonly TextSetting[]): JsonObject {
  return {
    Effect: "Allow",
    Action: ["s3:ListBucket"],
    Resource: { "Fn::GetAtt": [IDENTITY_POOL.bucket, "Arn"] },
    Condition: { StringLike: { "s3:prefix": prefixes.map(({ text }) => `${text}*`) } },
  };
}

function objectsBelow(prefix: string): JsonObject {
  return { "Fn::Sub": `\${${IDENTITY_POOL.bucket}.Arn}/${prefix}*` };
}
