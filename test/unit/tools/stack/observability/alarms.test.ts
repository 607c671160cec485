import { ALARM_KINDS } from "../../../../../src/tools/stack/observability/alarm-kinds.ts";
import type { AlarmThresholds } from "../../../../../src/tools/stack/observability/alarm-thresholds.ts";
import { alarms, type ObservedStage } from "../../../../../src/tools/stack/observability/alarms.ts";
import { LOG_METRICS } from "../../../../../src/tools/stack/observability/log-metrics.ts";
import { AUTHORIZERS, TRIGGERS } from "../../../../../src/tools/stack/stack-functions.ts";

const STAGE: ObservedStage = {
  service: "claimgate",
  stage: "prod",
  functions: new Set([...TRIGGERS, ...AUTHORIZERS, "orders"]),
  httpApi: true,
  revocationList: true,
  restApiName: "prod-claimgate",
};
const THRESHOLDS: AlarmThresholds = {
  slowTrigger: 4000,
  serverErrors: 10,
  denies: 100,
  refusedTokens: 101,
  refusedSignUps: 50,
};

interface Alarm {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>> & {
    readonly AlarmName: string;
    readonly AlarmDescription: string;
    readonly Namespace?: string;
    readonly MetricName?: string;
  };
}

function made(
  stage: Partial<ObservedStage> = {},
  actions: readonly unknown[] = [],
): Readonly<Record<string, Alarm>> {
  return alarms({ ...STAGE, ...stage }, THRESHOLDS, actions) as Record<string, Alarm>;
}

const names = (of: Readonly<Record<string, Alarm>>) =>
  Object.values(of).map(({ Properties }) => Properties.AlarmName.replace("claimgate-prod-", ""));

describe("the alarms of a stage", () => {
  it("are these", () => {
    expect(names(made()).sort()).toEqual(
      [
        "sign-ups-fail",
        "refused-sign-ups-spike",
        "group-assignments-fail",
        "tokens-degraded",
        ...TRIGGERS.map((name) => `trigger-slow-${name}`),
        ...[...TRIGGERS, ...AUTHORIZERS].flatMap((name) => [
          `function-crashes-${name}`,
          `function-throttled-${name}`,
        ]),
        "authorizers-fail",
        "keys-unavailable",
        "denies-spike",
        "refused-tokens-spike",
        "emergency-stop",
        "emergency-stop-lifted",
        "api-errors-httpApi",
        "api-errors-restApi",
      ].sort(),
    );
  });

  it("are about what the stage has", () => {
    const rest = made({ functions: new Set(["preSignUp", "restAuthorizer"]), httpApi: false });
    expect(names(rest)).not.toContain("api-errors-httpApi");
    expect(names(rest).filter((name) => /httpAuthorizer|postConfirmation|group|degraded/.test(name))).toEqual(
      [],
    );
    expect(names(rest)).toEqual(
      expect.arrayContaining(["authorizers-fail", "function-crashes-restAuthorizer"]),
    );
    expect(names(made({ functions: new Set(TRIGGERS), restApiName: undefined }))).not.toContain(
      "denies-spike",
    );
    expect(made({ functions: new Set(), httpApi: false, restApiName: undefined })).toEqual({});
  });

  it("watch no metric that nothing writes", () => {
    const own = Object.values(made()).filter(({ Properties }) => Properties.Namespace === "claimgate/prod");
    const written = new Set(LOG_METRICS.map(({ name }) => name));
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter(({ Properties }) => !written.has(Properties.MetricName ?? ""))).toEqual([]);
  });

  it("take Lambda's own count of errors only where throwing is not an answer", () => {
    const counts = [
      "PreSignUp",
      "PostConfirmation",
      "PreTokenGeneration",
      "HttpAuthorizer",
      "RestAuthorizer",
    ].map((name) => made()[`FunctionCrashes${name}Alarm`]?.Properties.MetricName);
    expect(counts).toEqual([
      "PreSignUpCrashes",
      "Errors",
      "Errors",
      "HttpAuthorizerCrashes",
      "RestAuthorizerCrashes",
    ]);
  });

  it("ring for a slow trigger before Cognito gives up, and not for a single run", () => {
    expect(made()["TriggerSlowPreTokenGenerationAlarm"]?.Properties).toMatchObject({
      Namespace: "AWS/Lambda",
      MetricName: "Duration",
      Dimensions: [{ Name: "FunctionName", Value: { Ref: "PreTokenGenerationLambdaFunction" } }],
      ExtendedStatistic: "p99",
      Threshold: 4000,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      DatapointsToAlarm: 2,
      EvaluationPeriods: 3,
    });
  });

  it("ring at once for what must never happen, and from a number on for what comes in spikes", () => {
    const threshold = (id: string) => made()[id]?.Properties["Threshold"];
    expect(
      ["SignUpsFailAlarm", "KeysUnavailableAlarm", "FunctionThrottledRestAuthorizerAlarm"].map(threshold),
    ).toEqual([1, 1, 1]);
    expect(
      [
        "DeniesSpikeAlarm",
        "RefusedTokensSpikeAlarm",
        "RefusedSignUpsSpikeAlarm",
        "ApiErrorsRestApiAlarm",
      ].map(threshold),
    ).toEqual([100, 101, 50, 10]);
    expect(made()["DeniesSpikeAlarm"]?.Properties).toMatchObject({
      Statistic: "Sum",
      Period: 300,
      EvaluationPeriods: 1,
    });
  });

  it("are quiet where nothing is measured, and tell whom the stage names", () => {
    for (const { Properties } of Object.values(made({}, [{ Ref: "AlarmTopic" }]))) {
      expect(Properties).toMatchObject({
        TreatMissingData: "notBreaching",
        AlarmActions: [{ Ref: "AlarmTopic" }],
      });
    }
    expect(made()["SignUpsFailAlarm"]?.Properties).not.toHaveProperty("AlarmActions");
  });

  it("say what happened, what to do, and where more is written, in what CloudWatch takes", () => {
    for (const { Properties } of Object.values(made())) {
      const { AlarmName, AlarmDescription } = Properties;
      const [, kind = ""] = /docs\/operations\.md#([a-z-]+)$/.exec(AlarmDescription) ?? [];
      expect(Object.keys(ALARM_KINDS)).toContain(kind);
      expect(AlarmName).toContain(kind);
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
  });
});
