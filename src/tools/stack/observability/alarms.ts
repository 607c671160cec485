import type { JsonObject } from "../../../json.ts";
import { functionIds } from "../../cloudformation/logical-names.ts";
import { ANSWERING_BY_THROWING, AUTHORIZERS, type StackFunction, TRIGGERS } from "../stack-functions.ts";
import { ALARM_KINDS, type AlarmKind } from "./alarm-kinds.ts";
import type { AlarmThresholds } from "./alarm-thresholds.ts";
import { crashMetric, metricNamespace } from "./log-metrics.ts";

/** The stage that alarms are made for. */
export interface ObservedStage {
  readonly service: string;
  readonly stage: string;
  /** The keys of the stage's functions. */
  readonly functions: ReadonlySet<string>;
  readonly httpApi: boolean;
  /** Whether it has a revocation list, and with it the emergency stop. */
  readonly revocationList: boolean;
  /** The name of the REST API, by which its metrics are found; undefined if there is none. */
  readonly restApiName: string | undefined;
}

/** The period of a metric, in seconds. */
const PERIOD = 300;

/**
 * The alarms of a stage, one resource each, for the functions and APIs that it has.
 *
 * @param actions what an alarm notifies: ARNs of topics, as CloudFormation values
 */
export function alarms(
  stage: ObservedStage,
  thresholds: AlarmThresholds,
  actions: readonly unknown[],
): JsonObject {
  const has = (name: StackFunction) => stage.functions.has(name);
  const authorizers = AUTHORIZERS.filter(has);
  const namespace = metricNamespace(stage.service, stage.stage);
  const counted = (kind: AlarmKind, metric: string, least = 1): Alarm => ({
    kind,
    metric: { Namespace: namespace, MetricName: metric },
    least,
  });
  const wanted: readonly (Alarm | undefined)[] = [
    has("preSignUp") ? counted("sign-ups-fail", "SignUpsFailed") : undefined,
    has("preSignUp")
      ? counted("refused-sign-ups-spike", "SignUpsRefused", thresholds.refusedSignUps)
      : undefined,
    has("postConfirmation") ? counted("group-assignments-fail", "GroupAssignmentsFailed") : undefined,
    has("preTokenGeneration") ? counted("tokens-degraded", "TokensDegraded") : undefined,
    ...TRIGGERS.filter(has).map((name) => slow(name, thresholds.slowTrigger)),
    ...[...TRIGGERS, ...AUTHORIZERS]
      .filter(has)
      .flatMap((name) => [crashes(name, namespace), throttled(name)]),
    ...(authorizers.length === 0
      ? []
      : [
          counted("authorizers-fail", "AuthorizersFailed"),
          counted("keys-unavailable", "KeysUnavailable"),
          counted("denies-spike", "DecisionsDenied", thresholds.denies),
          counted("refused-tokens-spike", "TokensRefused", thresholds.refusedTokens),
        ]),
    ...(authorizers.length === 0 || !stage.revocationList
      ? []
      : [
          counted("emergency-stop", "EmergencyStops"),
          counted("emergency-stop-lifted", "EmergencyStopsLifted"),
        ]),
    stage.httpApi ? httpErrors(thresholds.serverErrors) : undefined,
    stage.restApiName === undefined ? undefined : restErrors(stage, thresholds.serverErrors),
  ];
  const made = wanted.filter((alarm) => alarm !== undefined);
  return Object.fromEntries(made.map((alarm) => [idOf(alarm), resource(alarm, stage, actions)]));
}

/** A metric that exceeds its threshold, in five minutes by default. */
interface Alarm {
  readonly kind: AlarmKind;
  /** The function or API of the alarm, if there may be several. */
  readonly subject?: string;
  readonly metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: unknown };
  readonly least: number;
  /** `Sum` by default. */
  readonly percentile?: string;
  /** In how many of how many periods; one of one by default. */
  readonly sustained?: readonly [times: number, of: number];
}

/** A duration excludes the start of an environment; Cognito's five seconds include it. */
function slow(name: StackFunction, milliseconds: number): Alarm {
  const metric = lambdaMetric("Duration", name);
  return {
    kind: "trigger-slow",
    subject: name,
    metric,
    least: milliseconds,
    percentile: "p99",
    sustained: [2, 3],
  };
}

function crashes(name: StackFunction, namespace: string): Alarm {
  const metric = ANSWERING_BY_THROWING.includes(name)
    ? { Namespace: namespace, MetricName: crashMetric(name) }
    : lambdaMetric("Errors", name);
  return { kind: "function-crashes", subject: name, metric, least: 1 };
}

function throttled(name: StackFunction): Alarm {
  return { kind: "function-throttled", subject: name, metric: lambdaMetric("Throttles", name), least: 1 };
}

function httpErrors(least: number): Alarm {
  const Dimensions = [{ Name: "ApiId", Value: { Ref: "HttpApi" } }];
  const metric = { Namespace: "AWS/ApiGateway", MetricName: "5xx", Dimensions };
  return { kind: "api-errors", subject: "httpApi", metric, least };
}

function restErrors({ restApiName, stage }: ObservedStage, least: number): Alarm {
  const Dimensions = [
    { Name: "ApiName", Value: restApiName },
    { Name: "Stage", Value: stage },
  ];
  const metric = { Namespace: "AWS/ApiGateway", MetricName: "5XXError", Dimensions };
  return { kind: "api-errors", subject: "restApi", metric, least };
}

function lambdaMetric(MetricName: string, name: StackFunction): Alarm["metric"] {
  const Dimensions = [{ Name: "FunctionName", Value: { Ref: functionIds(name).function } }];
  return { Namespace: "AWS/Lambda", MetricName, Dimensions };
}

function resource(alarm: Alarm, { service, stage }: ObservedStage, actions: readonly unknown[]): JsonObject {
  const { kind, subject, metric, percentile, least } = alarm;
  const { happened, does } = ALARM_KINDS[kind];
  const [times, of] = alarm.sustained ?? [1, 1];
  return {
    Type: "AWS::CloudWatch::Alarm",
    Properties: {
      AlarmName: [service, stage, kind, ...(subject === undefined ? [] : [subject])].join("-"),
      AlarmDescription: `${happened} ${does} docs/operations.md#${kind}`,
      ...metric,
      ...(percentile === undefined ? { Statistic: "Sum" } : { ExtendedStatistic: percentile }),
      Period: PERIOD,
      Threshold: least,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      EvaluationPeriods: of,
      DatapointsToAlarm: times,
      TreatMissingData: "notBreaching",
      ...(actions.length > 0 && { AlarmActions: actions }),
    },
  };
}

function idOf({ kind, subject }: Alarm): string {
  const words = [...kind.split("-"), ...(subject === undefined ? [] : [subject])];
  return `${words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join("")}Alarm`;
}
