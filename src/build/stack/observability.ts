import { type JsonObject, objectOf, textOf } from "../../local/json.ts";
import { alarmThresholds } from "./alarm-kinds.ts";
import { alarms, type ObservedStage } from "./alarms.ts";
import { dashboard } from "./dashboard.ts";
import { metricFilters, metricNamespace } from "./log-metrics.ts";
import type { Parameters } from "./parameters.ts";
import type { NamedStack } from "./stack.ts";

/**
 * The metric filters, alarms and dashboard of a stage, as its parameters want them; nothing where both are off.
 *
 * @throws RangeError where the parameters name two places for alarms, or one and no alarms
 */
export function observability(stack: NamedStack, parameters: Parameters): JsonObject {
  const hasAlarms = parameters.get("alarms") === "true";
  const hasDashboard = parameters.get("dashboard") === "true";
  const actions = alarmActions(parameters, hasAlarms);
  if (!hasAlarms && !hasDashboard) return {};
  const stage = observed(stack);
  return {
    ...metricFilters(metricNamespace(stage.service, stage.stage), stage.functions),
    ...(hasAlarms && alarms(stage, alarmThresholds(parameters), actions)),
    ...(hasDashboard && { Dashboard: dashboard(stage, userPoolId(stack, parameters)) }),
  };
}

function alarmActions(parameters: Parameters, hasAlarms: boolean): readonly unknown[] {
  const email = parameters.get("alarmEmail") ?? "";
  const arn = parameters.get("alarmTopicArn") ?? "";
  if (email !== "" && arn !== "") {
    throw new RangeError(
      "parameters `alarmEmail` and `alarmTopicArn` are both set; expected one: subscribe the address to the topic instead",
    );
  }
  if (!hasAlarms && (email !== "" || arn !== "")) {
    const set = email === "" ? "alarmTopicArn" : "alarmEmail";
    throw new RangeError(
      `parameter \`${set}\` is set and \`alarms\` is \`false\`; expected \`alarms\` to be \`true\``,
    );
  }
  if (arn !== "") return [arn];
  return email === "" ? [] : [{ Ref: "AlarmTopic" }];
}

function observed({ service, stage, functions, provider }: NamedStack): ObservedStage {
  const events = Object.values(functions).flatMap((definition) =>
    [objectOf(definition)["events"] ?? []].flat(),
  );
  const has = (kind: string) => events.some((event) => objectOf(event)[kind] !== undefined);
  return {
    service,
    stage,
    functions: new Set(Object.keys(functions)),
    httpApi: has("httpApi"),
    // As the framework names it.
    restApiName: has("http") ? (textOf(provider["apiName"]) ?? `${stage}-${service}`) : undefined,
  };
}

/** Of the stack's own pool, or of the one that it is attached to. */
function userPoolId({ resources }: NamedStack, parameters: Parameters): string {
  const own = objectOf(resources["Resources"])["UserPool"] !== undefined;
  return own ? `\${UserPool}` : (parameters.get("existingUserPoolId") ?? "");
}
