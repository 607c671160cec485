import { type JsonObject, textOf } from "../../json.ts";
import { functionNamed } from "../cloudformation/functions.ts";
import { apiOf } from "../cloudformation/invocations.ts";
import { type Resource, resourcesOf } from "../cloudformation/template.ts";
import { UNRESOLVED } from "../cloudformation/values.ts";
import { type Check, type CheckMaker, checksOn } from "./check.ts";
import { sameAsSet } from "./compare-values.ts";
import type { Comparison } from "./comparison.ts";
import type { DeployedApi } from "./facts.ts";
import { mayInvoke } from "./invoke-permission.ts";

/** The authorizers of an API of the template. */
export function authorizersOf({ packaged }: Comparison, apiId: string): readonly Resource[] {
  return resourcesOf(
    packaged.template,
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGatewayV2::Authorizer",
  ).filter((authorizer) => apiOf(authorizer) === apiId);
}

/** Name of the check, the property of the template, what AWS calls it, and what it costs to have it wrong. */
const SETTINGS = [
  ["authorizer-cache", "AuthorizerResultTtlInSeconds", "an answer may be reused for another caller or route"],
  ["authorizer-identity-sources", "IdentitySource", "the cache keys, and what is refused unasked, differ"],
  ["authorizer-type", "AuthorizerType", "the function gets another kind of event"],
  ["authorizer-payload", "AuthorizerPayloadFormatVersion", "the function gets another kind of event"],
  ["authorizer-responses", "EnableSimpleResponses", "the gateway does not understand the function's answer"],
  ["authorizer-validation", "IdentityValidationExpression", "other tokens are refused unasked"],
  ["authorizer-function", "AuthorizerUri", "another function decides"],
] as const;

/** An authorizer: its cache, what it is asked with, what it answers, and whether the API may invoke it. */
export function authorizerChecks(comparison: Comparison, authorizer: Resource, api: DeployedApi): Check[] {
  const about = checksOn("apis", authorizer.id);
  const found = deployedAuthorizer(comparison, authorizer, api);
  if (found === undefined) {
    return [
      about.wrong("fail", "authorizer-exists", {
        message: "the API has no such authorizer",
        found: api.authorizers.map(({ Name }) => Name),
        expected: authorizerName(comparison, authorizer),
        fix: comparison.deploy,
      }),
    ];
  }
  const settings = SETTINGS.flatMap(([name, property, cost]) => {
    const wanted = wantedSetting(comparison, authorizer, property);
    if (wanted === undefined || wanted === UNRESOLVED) return [];
    if (sameAsSet(wanted, found[property])) return [about.ok(name, "as in the template")];
    const problem = { message: `${property} is not what the template says: ${cost}` };
    return [
      about.wrong("fail", name, {
        ...problem,
        found: found[property] ?? null,
        expected: wanted,
        fix: comparison.deploy,
      }),
    ];
  });
  return [
    about.ok("authorizer-exists", `it is ${authorizerName(comparison, authorizer)}`),
    ...settings,
    ...permissionCheck(comparison, authorizer, found, about),
  ];
}

/** The name that the template gives an authorizer. */
export function authorizerName({ resolve }: Comparison, { properties }: Resource): string {
  return textOf(resolve(properties["Name"])) ?? "";
}

function deployedAuthorizer(
  comparison: Comparison,
  authorizer: Resource,
  api: DeployedApi,
): JsonObject | undefined {
  const name = authorizerName(comparison, authorizer);
  return api.authorizers.find(({ Name }) => Name === name);
}

/** REST authorizers call two properties otherwise, and have identity sources in one text. */
function wantedSetting({ resolve }: Comparison, { type, properties }: Resource, property: string): unknown {
  const rest = type === "AWS::ApiGateway::Authorizer";
  const value = resolve(properties[rest && property === "AuthorizerType" ? "Type" : property]);
  if (property !== "IdentitySource" || typeof value !== "string") return value;
  return value.split(",").flatMap((source) => source.trim() || []);
}

/** Where the template names the function, and no role, the gateway needs a permission of the function. */
function permissionCheck(
  comparison: Comparison,
  authorizer: Resource,
  found: JsonObject,
  about: CheckMaker,
): Check[] {
  const arn = authorizerFunction(comparison, authorizer);
  const policy = arn === undefined ? undefined : comparison.deployment.invokePolicies.get(arn);
  if (policy === undefined) return [];
  if (!policy.read) return [about.unread("authorizer-permission", policy.why)];
  const { where, resources } = comparison.deployment;
  const api = resources.get(apiOf(authorizer) ?? "")?.physicalId ?? "";
  const authorizerId = textOf(found["AuthorizerId"]) ?? "";
  const sourceArn = `arn:${where.partition}:execute-api:${where.region}:${where.accountId}:${api}/authorizers/${authorizerId}`;
  const service = "apigateway.amazonaws.com";
  if (mayInvoke(policy.value, { service, sourceArn, accountId: where.accountId }) !== "no") {
    return [about.ok("authorizer-permission", "the API may invoke its function")];
  }
  return [
    about.wrong("fail", "authorizer-permission", {
      message: "the API may not invoke its function, so every call of a guarded route fails with 500",
      expected: `lambda:InvokeFunction for ${service} from ${sourceArn}`,
      fix: comparison.deploy,
    }),
  ];
}

/** The ARN of the function that an authorizer of the template invokes; undefined where it needs no permission. */
export function authorizerFunction(
  { packaged, resolve }: Comparison,
  { properties }: Resource,
): string | undefined {
  const role = properties["AuthorizerCredentials"] ?? properties["AuthorizerCredentialsArn"];
  if (role !== undefined || functionNamed(packaged.template, properties["AuthorizerUri"]) === undefined) {
    return undefined;
  }
  const uri = textOf(resolve(properties["AuthorizerUri"]));
  return /functions\/(arn:[^/]+)\/invocations/.exec(uri ?? "")?.[1];
}
