import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import type { Parameters } from "../parameters.ts";
import type { NamedStack } from "../stack.ts";
import { alarmThresholds } from "./alarm-kinds.ts";
import { alarms, type ObservedStage } from "./alarms.ts";
import { dashboard } from "./dashboard.ts";
import { metricFilters, metricNamespace } from "./log-metrics.ts";

/** The metric filters, alarms and dashboard of a stage, as its parameters want them; nothing where both are off. */
export function observability(stack: NamedStack, parameters: Parameters): JsonObject {
  const hasAlarms = parameters.get("alarms") === "true";
  const hasDashboard = parameters.get("dashboard") === "true";
  if (!hasAlarms && !hasDashboard) return {};
  const stage = observed(stack);
  return {
    ...metricFilters(metricNamespace(stage.service, stage.stage), stage.functions),
    ...(hasAlarms && alarms(stage, alarmThresholds(parameters), alarmActions(parameters))),
    ...(hasDashboard && { Dashboard: dashboard(stage, userPoolId(stack, parameters)) }),
  };
}

/** The topic that is named, or the one that resources/observability.yml makes for an address. */
function alarmActions(parameters: Parameters): readonly unknown[] {
  const arn = parameters.get("alarmTopicArn") ?? "";
  if (arn !== "") return [arn];
  return (parameters.get("alarmEmail") ?? "") === "" ? [] : [{ Ref: "AlarmTopic" }];
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
