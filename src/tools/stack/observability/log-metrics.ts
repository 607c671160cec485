import type { JsonObject } from "../../../json.ts";
import { functionIds } from "../../cloudformation/logical-names.ts";
import { ANSWERING_BY_THROWING, AUTHORIZERS, type StackFunction } from "../stack-functions.ts";

/**
 * Metrics of log lines, by CloudWatch metric filters. The fields are those of docs/authorizers.md and
 * docs/triggers.md; test/unit/tools/stack/observability/log-metrics.test.ts checks each pattern against lines of the
 * real code. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export interface LogMetric {
  readonly name: string;
  readonly functions: readonly StackFunction[];
  readonly pattern: string;
  /** The field with the measured value, in milliseconds; undefined counts lines. */
  readonly field?: string;
}

/**
 * Lambda's own lines about a function that could not answer, and those of its Node.js runtime, which logs what a
 * handler throws as `Invoke Error`. https://github.com/aws/aws-lambda-nodejs-runtime-interface-client (src/index.mjs)
 */
const CRASH =
  '?"Task timed out" ?"Runtime exited" ?"Runtime.ExitError" ?"Runtime.ImportModuleError" ?"Uncaught Exception" ?"Unhandled Promise Rejection"';

export const LOG_METRICS: readonly LogMetric[] = [
  {
    name: "DecisionsAllowed",
    functions: AUTHORIZERS,
    pattern: '{ $.kind = "decision" && $.effect = "allow" }',
  },
  // Without what an emergency stop denies, which has an alarm of its own.
  {
    name: "DecisionsDenied",
    functions: AUTHORIZERS,
    pattern: '{ $.kind = "decision" && $.effect = "deny" && $.reason != "stopped" }',
  },
  // Where the candidate of a shadow would answer otherwise; no alarm, since differences are what one looks for.
  { name: "ShadowDifferences", functions: AUTHORIZERS, pattern: '{ $.kind = "shadow-difference" }' },
  { name: "EmergencyStops", functions: AUTHORIZERS, pattern: '{ $.kind = "emergency-stop" }' },
  {
    name: "EmergencyStopsLifted",
    functions: AUTHORIZERS,
    pattern: '{ $.kind = "emergency-stop-lifted" }',
  },
  {
    name: "DecisionDuration",
    functions: AUTHORIZERS,
    pattern: '{ $.kind = "decision" && $.durationMs >= 0 }',
    field: "$.durationMs",
  },
  { name: "TokensRefused", functions: AUTHORIZERS, pattern: '{ $.kind = "token-refused" }' },
  // Any client can cause a failure of level `warn`; keys_refresh_limited follows an outage that is already known.
  {
    name: "AuthorizersFailed",
    functions: AUTHORIZERS,
    pattern: '{ $.kind = "authorizer-failed" && $.level = "error" }',
  },
  // Failed fetches, one line each, without the requests that are refused meanwhile, which have level `warn`.
  {
    name: "KeysUnavailable",
    functions: AUTHORIZERS,
    pattern: '{ $.code = "keys_unavailable" && $.level = "error" }',
  },
  { name: "SignUpsRefused", functions: ["preSignUp"], pattern: '{ $.kind = "sign-up-refused" }' },
  { name: "SignUpsFailed", functions: ["preSignUp"], pattern: '{ $.level = "error" }' },
  {
    name: "GroupAssignmentsFailed",
    functions: ["postConfirmation"],
    pattern: '{ $.level = "error" }',
  },
  // Healing, which makes up for a failure of post-confirmation.
  {
    name: "GroupAssignmentsFailed",
    functions: ["preTokenGeneration"],
    pattern: '{ $.kind = "group-assignment-failed" }',
  },
  {
    name: "TokensDegraded",
    functions: ["preTokenGeneration"],
    pattern:
      '{ $.kind = "token-enrichment-failed" || $.kind = "token-over-budget" || $.kind = "directory-groups-left-out" || $.kind = "configuration-invalid" }',
  },
  ...ANSWERING_BY_THROWING.map((name) => ({ name: crashMetric(name), functions: [name], pattern: CRASH })),
];

/** The metric of a function's crashes, only for functions for which Lambda's own count means something else. */
export function crashMetric(name: StackFunction): string {
  return `${functionIds(name).function.replace(/LambdaFunction$/, "")}Crashes`;
}

/** The names and the namespace of a stage's metrics. */
export function metricNamespace(service: string, stage: string): string {
  return `${service}/${stage}`;
}

/** One metric filter for each metric and function of the stage. */
export function metricFilters(namespace: string, functions: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(
    LOG_METRICS.flatMap((metric) =>
      metric.functions
        .filter((name) => functions.has(name))
        .map((name) => [filterId(metric, name), metricFilter(metric, name, namespace)]),
    ),
  );
}

function filterId(metric: LogMetric, name: StackFunction): string {
  const { function: id } = functionIds(name);
  const prefix = id.replace(/LambdaFunction$/, "");
  return `${metric.name.startsWith(prefix) ? metric.name : `${prefix}${metric.name}`}Filter`;
}

function metricFilter(metric: LogMetric, name: StackFunction, namespace: string): JsonObject {
  const counted = { MetricValue: "1", DefaultValue: 0, Unit: "Count" };
  return {
    Type: "AWS::Logs::MetricFilter",
    Properties: {
      LogGroupName: { Ref: functionIds(name).logGroup },
      FilterPattern: metric.pattern,
      MetricTransformations: [
        {
          MetricNamespace: namespace,
          MetricName: metric.name,
          ...(metric.field === undefined ? counted : { MetricValue: metric.field, Unit: "Milliseconds" }),
        },
      ],
    },
  };
}
