import { type JsonObject, objectOf } from "../../../json.ts";
import { mapResources, withProperties } from "../../cloudformation/template.ts";
import { withOwnRoles, withTracing } from "../../stack/function-roles.ts";
import type { DeclaredFunction } from "./declared-functions.ts";
import { poolArnOf } from "./pool-values.ts";
import type { Settings } from "./settings.ts";

/** What a function in a VPC needs; the role of the framework has it. */
const VPC_POLICY = {
  "Fn::Sub": `arn:\${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole`,
};

/**
 * Gives each trigger without a role one of its own, with the rights that docs/triggers.md lists. The statements that
 * name the pool are policies next to the roles: in a role they would close a cycle, pool -> function -> role -> pool.
 *
 * @param service what it says of a role or policy with such a name stays
 * @returns the resources to add
 */
export function triggerRights(
  functions: readonly DeclaredFunction[],
  settings: Settings,
  service: { readonly provider: JsonObject; readonly resources: JsonObject },
): JsonObject {
  const { provider, resources: written } = service;
  const triggers = functions.filter(
    ({ isTrigger, definition }) => isTrigger && definition["role"] === undefined,
  );
  if (triggers.length === 0) return {};
  const named = Object.fromEntries(triggers.map(({ key, definition }) => [key, definition]));
  const own = withOwnRoles({ functions: named, resources: written });
  const added = Object.fromEntries(Object.entries(own.resources).filter(([id]) => written[id] === undefined));
  const isTraced = Boolean(objectOf(provider["tracing"])["lambda"]);
  const { resources } = isTraced
    ? withTracing({ functions: own.functions, resources: added })
    : { resources: added };
  for (const { key, definition } of triggers) definition["role"] = objectOf(own.functions[key])["role"];
  const boundary = permissionsBoundaryOf(provider);
  const inVpc = new Set(
    triggers
      .filter(({ definition }) => (definition["vpc"] ?? provider["vpc"]) !== undefined)
      .map(({ definition }) => definition["role"]),
  );
  const roles = mapResources(resources, (role) =>
    withProperties(role, {
      ...(boundary !== undefined && { PermissionsBoundary: boundary }),
      ...(inVpc.has(role.id) && { ManagedPolicyArns: [VPC_POLICY] }),
    }),
  );
  const policies = Object.entries(poolPolicies(triggers, settings)).filter(
    ([id]) => written[id] === undefined,
  );
  return { ...roles, ...Object.fromEntries(policies) };
}

/** The framework gives its own role the boundary of either property. */
function permissionsBoundaryOf(provider: JsonObject): unknown {
  const role = objectOf(objectOf(provider["iam"])["role"]);
  return role["permissionsBoundary"] ?? role["permissionBoundary"] ?? provider["rolePermissionsBoundary"];
}

function poolPolicies(triggers: readonly DeclaredFunction[], settings: Settings): JsonObject {
  const rolesOf = (...doors: readonly string[]) =>
    triggers
      .filter(({ door }) => doors.includes(door))
      .map(({ definition }) => ({ Ref: definition["role"] }));
  const on = (name: string, roles: readonly unknown[], actions: readonly string[]): JsonObject =>
    roles.length === 0
      ? {}
      : {
          [`Claimgate${name}Policy`]: {
            Type: "AWS::IAM::Policy",
            Properties: {
              PolicyName: `claimgate-${name.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}`,
              Roles: roles,
              PolicyDocument: {
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: actions, Resource: poolArnOf(settings) }],
              },
            },
          },
        };
  const heals = triggers.some(
    (one) => one.door === "preTokenGeneration" && variable(one, "CLAIMGATE_HEAL_GROUPS") !== "false",
  );
  const links = triggers.some((one) => variable(one, "CLAIMGATE_LINK_FEDERATED_USERS") === "true");
  return {
    ...on("GroupAssignment", rolesOf("postConfirmation", ...(heals ? ["preTokenGeneration"] : [])), [
      "cognito-idp:AdminGetUser",
      "cognito-idp:AdminAddUserToGroup",
      "cognito-idp:AdminUpdateUserAttributes",
    ]),
    ...on("AccountLookup", rolesOf("preSignUp"), [
      "cognito-idp:ListUsers",
      ...(links ? ["cognito-idp:AdminLinkProviderForUser"] : []),
    ]),
  };
}

function variable({ definition }: DeclaredFunction, name: string): string | undefined {
  const value = objectOf(definition["environment"])[name];
  return value === undefined ? undefined : String(value);
}
