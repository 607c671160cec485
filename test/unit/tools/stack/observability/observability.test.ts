import { observability } from "../../../../../src/tools/stack/observability/observability.ts";

const stack = {
  service: "claimgate",
  stage: "prod",
  provider: {},
  functions: {
    preSignUp: {},
    httpAuthorizer: {},
    orders: { events: [{ httpApi: "GET /health" }, { http: "GET x" }] },
  },
  resources: { Resources: { UserPool: { Type: "AWS::Cognito::UserPool" } } },
};
const DEFAULTS = {
  alarms: "true",
  dashboard: "false",
  alarmEmail: "",
  alarmTopicArn: "",
  alarmTriggerMs: "4000",
  alarmServerErrors: "10",
  alarmDenies: "100",
  alarmRefusedTokens: "anomaly",
  alarmRefusedSignUps: "50",
};

const made = (
  changes: Partial<Record<keyof typeof DEFAULTS | "existingUserPoolId", string>> = {},
  of = stack,
) => observability(of, new Map(Object.entries({ ...DEFAULTS, ...changes })));
const types = (resources: object) =>
  new Set(Object.values(resources).map((resource) => (resource as { Type: string }).Type));

describe("what watches a stage", () => {
  it("is nothing where alarms and dashboard are off", () => {
    expect(made({ alarms: "false" })).toEqual({});
  });

  it("counts in the logs for either of them", () => {
    const alarmed = ["AWS::Logs::MetricFilter", "AWS::CloudWatch::Alarm", "AWS::CloudWatch::AnomalyDetector"];
    expect(types(made())).toEqual(new Set(alarmed));
    expect(types(made({ alarms: "false", dashboard: "true" }))).toEqual(
      new Set(["AWS::Logs::MetricFilter", "AWS::CloudWatch::Dashboard"]),
    );
  });

  it("finds the REST API under the name that the framework gives it, or that it is told", () => {
    const dimensions = (provider: object) =>
      JSON.stringify(made({}, { ...stack, provider })["ApiErrorsRestApiAlarm"]);
    expect(dimensions({})).toContain('"prod-claimgate"');
    expect(dimensions({ apiName: "orders" })).toContain('"orders"');
  });

  it("tells the topic that it makes for an address, or one that exists", () => {
    expect(made({ alarmEmail: "ops@example.com" })["SignUpsFailAlarm"]).toMatchObject({
      Properties: { AlarmActions: [{ Ref: "AlarmTopic" }] },
    });
    const arn = "arn:aws:sns:us-east-1:111122223333:ops";
    expect(made({ alarmTopicArn: arn })["SignUpsFailAlarm"]).toMatchObject({
      Properties: { AlarmActions: [arn] },
    });
  });

  it("shows the numbers of the pool that the stack is attached to, where it has none itself", () => {
    const attached = made({ dashboard: "true", existingUserPoolId: "us-east-1_EXAMPLE" }, {
      ...stack,
      resources: { Resources: {} },
    } as unknown as typeof stack);
    expect(JSON.stringify(attached["Dashboard"])).toContain("us-east-1_EXAMPLE");
    expect(JSON.stringify(made({ dashboard: "true" })["Dashboard"])).toContain("${UserPool}");
  });
});
