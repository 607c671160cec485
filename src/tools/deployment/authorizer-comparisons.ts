import { type JsonObject, textOf } from "../../json.ts";
import { functionNamed } from "../cloudformation/functions.ts";
import { apiOf } from "../cloudformation/invocations.ts";
import { type Resource, resourcesOf } from "../cloudformation/template.ts";
import { UNRESOLVED } from "../cloudformation/values.ts";
import type { BothSides } from "./both-sides.ts";
import { sameAsSet } from "./compare-values.ts";
import { type Comparison, type ComparisonMaker, comparisonsOn } from "./comparison.ts";
import type { DeployedApi } from "./deployed-stage.ts";
import { mayInvoke } from "./invoke-permission.ts";

/** The authorizers of an API of the template. */
export function authorizersOf({ packaged }: BothSides, apiId: string): readonly Resource[] {
  return resourcesOf(
    packaged.template,
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGatewayV2::Authorizer",
  ).filter((authorizer) => apiOf(authorizer) === apiId);
}

/** A property of the template and of AWS's description that may differ, and the consequence. */
const SETTINGS = [
  [
    "cache-reuses-answers",
    "AuthorizerResultTtlInSeconds",
    "an answer may be reused for another caller or route",
  ],
  [
    "cache-reuses-answers",
    "IdentitySource",
    "the cache keys differ, and so do the requests that are refused without asking it",
  ],
  ["authorizer-setting", "AuthorizerType", "the function gets another kind of event"],
  ["authorizer-setting", "AuthorizerPayloadFormatVersion", "the function gets another kind of event"],
  ["authorizer-setting", "EnableSimpleResponses", "the gateway does not understand the function's answer"],
  ["authorizer-setting", "IdentityValidationExpression", "other tokens are refused without asking it"],
  ["authorizer-setting", "AuthorizerUri", "another function decides"],
] as const;

/** An authorizer: its cache, its request, its answer format, and whether the API may invoke it. */
export function authorizerComparisons(
  sides: BothSides,
  authorizer: Resource,
  api: DeployedApi,
): Comparison[] {
  const about = comparisonsOn("apis", authorizer.id);
  const found = deployedAuthorizer(sides, authorizer, api);
  if (found === undefined) {
    return [
      about.wrong("fail", "authorizer-missing", {
        message: "the API has no such authorizer",
        found: api.authorizers.map(({ Name }) => Name),
        expected: authorizerName(sides, authorizer),
        fix: sides.deploy,
      }),
    ];
  }
  const settings = SETTINGS.flatMap(([name, property, cost]) => {
    const wanted = wantedSetting(sides, authorizer, property);
    if (wanted === undefined || wanted === UNRESOLVED) return [];
    if (sameAsSet(wanted, found[property])) return [about.ok(name, `${property} as in the template`)];
    const problem = { message: `${property} differs from the template: ${cost}` };
    return [
      about.wrong("fail", name, {
        ...problem,
        found: found[property] ?? null,
        expected: wanted,
        fix: sides.deploy,
      }),
    ];
  });
  return [
    about.ok("authorizer-missing", `it is ${authorizerName(sides, authorizer)}`),
    ...settings,
    ...permissionComparison(sides, authorizer, found, about),
  ];
}

/** The name that the template gives an authorizer. */
export function authorizerName({ resolve }: BothSides, { properties }: Resource): string {
  return textOf(resolve(properties["Name"])) ?? "";
}

function deployedAuthorizer(
  sides: BothSides,
  authorizer: Resource,
  api: DeployedApi,
): JsonObject | undefined {
  const name = authorizerName(sides, authorizer);
  return api.authorizers.find(({ Name }) => Name === name);
}

/** REST authorizers name two properties differently, and have identity sources in one string. */
function wantedSetting({ resolve }: BothSides, { type, properties }: Resource, property: string): unknown {
  const rest = type === "AWS::ApiGateway::Authorizer";
  const value = resolve(properties[rest && property === "AuthorizerType" ? "Type" : property]);
  if (property !== "IdentitySource" || typeof value !== "string") return value;
  return value.split(",").flatMap((source) => source.trim() || []);
}

/** If the template names the function and no role, the gateway needs a permission of the function. */
function permissionComparison(
  sides: BothSides,
  authorizer: Resource,
  found: JsonObject,
  about: ComparisonMaker,
): Comparison[] {
  const arn = authorizerFunction(sides, authorizer);
  const policy = arn === undefined ? undefined : sides.deployment.invokePolicies.get(arn);
  if (policy === undefined) return [];
  if (!policy.read) return [about.unread("missing-permission", policy.why)];
  const { where, resources } = sides.deployment;
  const api = resources.get(apiOf(authorizer) ?? "")?.physicalId ?? "";
  const authorizerId = textOf(found["AuthorizerId"]) ?? "";
  const sourceArn = `arn:${where.partition}:execute-api:${where.region}:${where.accountId}:${api}/authorizers/${authorizerId}`;
  const service = "apigateway.amazonaws.com";
  if (mayInvoke(policy.value, { service, sourceArn, accountId: where.accountId }) !== "no") {
    return [about.ok("missing-permission", "the API may invoke its function")];
  }
  return [
    about.wrong("fail", "missing-permission", {
      message: "the API may not invoke its function, so every call of a guarded route fails with 500",
      expected: `lambda:InvokeFunction for ${service} from ${sourceArn}`,
      fix: sides.deploy,
    }),
  ];
}

/** The ARN of the function that an authorizer of the template invokes; undefined where it needs no permission. */
export function authorizerFunction(
  { packaged, resolve }: BothSides,
  { properties }: Resource,
): string | undefined {
  const role = properties["AuthorizerCredentials"] ?? properties["AuthorizerCredentialsArn"];
  if (role !== undefined || functionNamed(packaged.template, properties["AuthorizerUri"]) === undefined) {
    return undefined;
  }
  const uri = textOf(resolve(properties["AuthorizerUri"]));
  return /functions\/(arn:[^/]+)\/invocations/.exec(uri ?? "")?.[1];
}
