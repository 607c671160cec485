import { type JsonObject, objectOf } from "../../../json.ts";
import { functionIds } from "../../cloudformation/logical-names.ts";
import { resourcesIn, withProperties } from "../../cloudformation/template.ts";
import { POLICY_VERSION_OUTPUT } from "../../deployment/policy-version.ts";
import type { TriggerName } from "./declared-kinds.ts";
import { poolArnOf, poolLogicalId } from "./pool-values.ts";
import type { Settings } from "./settings.ts";

/** A packaged template, before it is written. */
export interface PackagedTemplate {
  readonly Resources: JsonObject;
  readonly Outputs?: JsonObject;
}

/** Only with version 3 does Cognito call the trigger for machines; a pool of the tier Lite has only the first. */
const versionFor = (pool: JsonObject) => (pool["UserPoolTier"] === "LITE" ? "V1_0" : "V3_0");

/**
 * The template with the triggers of the settings wired: Cognito may invoke them, and the pool does. A pool outside the
 * template is left to `claimgate attach`, which reads the outputs. What the pool has stays.
 */
export function withTriggers(template: PackagedTemplate, settings: Settings): PackagedTemplate {
  const { triggers } = settings;
  const poolId = poolLogicalId(settings);
  if (triggers.size === 0) return template;
  const resources = { ...permissionsOf(settings), ...template.Resources };
  if (poolId === undefined) {
    return {
      ...template,
      Resources: resources,
      Outputs: { ...template.Outputs, ...triggerOutputs(triggers) },
    };
  }
  return { ...template, Resources: { ...resources, [poolId]: wiredPool(poolId, resources, triggers) } };
}

/** The template with the version of its policy as an output. */
export function withPolicyOutput(template: PackagedTemplate, version: string): PackagedTemplate {
  const output = { Description: "The version of the policy that the functions decide by", Value: version };
  return { ...template, Outputs: { ...template.Outputs, [POLICY_VERSION_OUTPUT]: output } };
}

function permissionsOf(settings: Settings): JsonObject {
  return Object.fromEntries(
    [...settings.triggers.values()].map((key) => {
      const { function: logicalId } = functionIds(key);
      const properties = {
        Action: "lambda:InvokeFunction",
        Principal: "cognito-idp.amazonaws.com",
        SourceArn: poolArnOf(settings),
        FunctionName: { "Fn::GetAtt": [logicalId, "Arn"] },
      };
      const id = `${logicalId.replace(/LambdaFunction$/, "")}Permission`;
      return [id, { Type: "AWS::Lambda::Permission", Properties: properties }];
    }),
  );
}

function wiredPool(
  poolId: string,
  resources: JsonObject,
  triggers: ReadonlyMap<TriggerName, string>,
): JsonObject {
  const pool = resourcesIn({ [poolId]: resources[poolId] }).get(poolId);
  if (pool === undefined) return {};
  const written = objectOf(pool.properties["LambdaConfig"]);
  const arnOf = (key: string) => ({ "Fn::GetAtt": [functionIds(key).function, "Arn"] });
  const wired = [...triggers].flatMap(([name, key]): [string, unknown][] => {
    if (name === "preSignUp") return [["PreSignUp", arnOf(key)]];
    if (name === "postConfirmation") return [["PostConfirmation", arnOf(key)]];
    if (written["PreTokenGeneration"] !== undefined) return [];
    const LambdaVersion = versionFor(pool.properties);
    return [["PreTokenGenerationConfig", { LambdaArn: arnOf(key), LambdaVersion }]];
  });
  return withProperties(pool, { LambdaConfig: { ...Object.fromEntries(wired), ...written } });
}

/** As resources/outputs.yml has them. */
function triggerOutputs(triggers: ReadonlyMap<TriggerName, string>): JsonObject {
  const arns = [...triggers].map(([name, key]): [string, JsonObject] => [
    `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Arn`,
    { Value: { "Fn::GetAtt": [functionIds(key).function, "Arn"] } },
  ]);
  const version = triggers.has("preTokenGeneration") ? { PreTokenGenerationVersion: { Value: "V3_0" } } : {};
  return { ...Object.fromEntries(arns), ...version };
}
