import { observability } from "../../../../../src/tools/stack/observability/observability.ts";

const stack = {
  service: "claimgate",
  stage: "prod",
  custom: {},
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
  alarmEmail: "",
  alarmTopicArn: "",
};

const made = (changes: Partial<Record<keyof typeof DEFAULTS, string>> = {}, of = stack) =>
  observability(of, new Map(Object.entries({ ...DEFAULTS, ...changes })));
const types = (resources: object) =>
  new Set(Object.values(resources).map((resource) => (resource as { Type: string }).Type));

describe("what watches a stage", () => {
  it("is nothing where alarms are off", () => {
    expect(made({ alarms: "false" })).toEqual({});
  });

  it("counts in the logs, and compares with the numbers of the service", () => {
    expect(types(made())).toEqual(new Set(["AWS::Logs::MetricFilter", "AWS::CloudWatch::Alarm"]));
    const custom = { alarmThresholds: { refusedSignUps: 7 } };
    expect(made({}, { ...stack, custom })["RefusedSignUpsSpikeAlarm"]).toMatchObject({
      Properties: { Threshold: 7 },
    });
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
});
