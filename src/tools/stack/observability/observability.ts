import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import type { Parameters } from "../parameters.ts";
import type { NamedStack } from "../stack.ts";
import { alarmThresholds } from "./alarm-thresholds.ts";
import { alarms, type ObservedStage } from "./alarms.ts";
import { metricFilters, metricNamespace } from "./log-metrics.ts";

/**
 * The alarms of a stage and the metric filters that they watch; empty if it has none.
 * @throws RangeError for a wrong `custom.alarmThresholds`
 */
export function observability(stack: NamedStack, parameters: Parameters): JsonObject {
  if (parameters.get("alarms") !== "true") return {};
  const stage = observed(stack, parameters);
  return {
    ...metricFilters(metricNamespace(stage.service, stage.stage), stage.functions),
    ...alarms(stage, alarmThresholds(stack.custom), alarmActions(parameters)),
  };
}

/** The topic that is named, or the one that resources/observability.yml creates for an address. */
function alarmActions(parameters: Parameters): readonly unknown[] {
  const arn = parameters.get("alarmTopicArn") ?? "";
  if (arn !== "") return [arn];
  return (parameters.get("alarmEmail") ?? "") === "" ? [] : [{ Ref: "AlarmTopic" }];
}

function observed(
  { service, stage, functions, provider }: NamedStack,
  parameters: Parameters,
): ObservedStage {
  const events = Object.values(functions).flatMap((definition) =>
    [objectOf(definition)["events"] ?? []].flat(),
  );
  const has = (kind: string) => events.some((event) => objectOf(event)[kind] !== undefined);
  return {
    service,
    stage,
    functions: new Set(Object.keys(functions)),
    httpApi: has("httpApi"),
    revocationList: parameters.get("revocation") === "true",
    // The framework gives it this name.
    restApiName: has("http") ? (textOf(provider["apiName"]) ?? `${stage}-${service}`) : undefined,
  };
}
