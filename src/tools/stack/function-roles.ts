import { type JsonObject, objectOf, textOf } from "../../json.ts";
import { functionIds } from "../cloudformation/logical-names.ts";
import { mapResources, withProperties } from "../cloudformation/template.ts";

interface RoleSource {
  readonly functions: JsonObject;
  /** Logical name -> resource of the stack. */
  readonly resources: JsonObject;
}

/**
 * Gives every function a role of its own: a function without a role in serverless.yml gets one that may write to its
 * log group. Otherwise the framework would create one role for all, which may write to every log group of the stage.
 * An existing resource with the role's name is used as it is.
 */
export function withOwnRoles({ functions, resources }: RoleSource): RoleSource {
  const roles: Record<string, unknown> = {};
  const owners = Object.entries(functions).map(([name, value]) => {
    const definition = objectOf(value);
    if (definition["role"] !== undefined) return [name, definition] as const;
    const ids = functionIds(name);
    if (resources[ids.role] === undefined) roles[ids.role] = logRole(ids.logGroup);
    return [name, { ...definition, role: ids.role }] as const;
  });
  return { functions: Object.fromEntries(owners), resources: { ...resources, ...roles } };
}

/** As in resources/triggers.yml. */
function logRole(logGroup: string): JsonObject {
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      Policies: [
        policy("logs", {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: { "Fn::GetAtt": [logGroup, "Arn"] },
        }),
      ],
    },
  };
}

/** The table of the revocation list, in resources/revocation.yml. */
const REVOCATION_LIST = "RevocationTable";

/**
 * The roles of the functions that are configured with the revocation list, with the right to read it by its keys and
 * nothing else.
 */
export function withRevocationList({ functions, resources }: RoleSource): RoleSource {
  const told = Object.values(functions)
    .map(objectOf)
    .filter(({ environment }) => objectOf(environment)["CLAIMGATE_REVOCATION_TABLE"] !== undefined);
  const statement = {
    Effect: "Allow",
    Action: "dynamodb:BatchGetItem",
    Resource: { "Fn::GetAtt": [REVOCATION_LIST, "Arn"] },
  };
  const ids = told.map(({ role }) => textOf(role));
  return { functions, resources: withPolicy(resources, ids, policy("revocation-list", statement)) };
}

/**
 * The roles of the functions, with the right to send traces. It is in the role itself: Lambda checks for the
 * permission when it creates a function that traces, and only the role exists by then. X-Ray has no resources to name.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
 */
export function withTracing({ functions, resources }: RoleSource): RoleSource {
  const ids = Object.values(functions).map((definition) => textOf(objectOf(definition)["role"]));
  const tracing = policy("tracing", {
    Effect: "Allow",
    Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    Resource: "*",
  });
  return { functions, resources: withPolicy(resources, ids, tracing) };
}

function withPolicy(
  resources: JsonObject,
  roles: readonly (string | undefined)[],
  added: JsonObject,
): JsonObject {
  return mapResources(resources, (resource) => {
    if (!roles.includes(resource.id) || resource.type !== "AWS::IAM::Role") return resource.json;
    return withProperties(resource, { Policies: [resource.properties["Policies"] ?? [], added].flat() });
  });
}

function policy(name: string, statement: JsonObject): JsonObject {
  return { PolicyName: name, PolicyDocument: { Version: "2012-10-17", Statement: [statement] } };
}
