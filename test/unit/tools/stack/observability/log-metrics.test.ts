import { readFileSync } from "node:fs";
import {
  LOG_METRICS,
  type LogMetric,
  metricFilters,
} from "../../../../../src/tools/stack/observability/log-metrics.ts";
import { AUTHORIZERS, type StackFunction, TRIGGERS } from "../../../../../src/tools/stack/stack-functions.ts";
import { linesOf, OCCASIONS } from "../../../../support/log-lines.ts";
import { matchesFilter } from "../../../../support/metric-filter.ts";

/** The metrics that count any of these lines in the log of a function. */
function countedAs(name: StackFunction, recorded: readonly string[]): string[] {
  const counting = ({ functions, pattern }: LogMetric) =>
    functions.includes(name) && recorded.some((line) => matchesFilter(pattern, line));
  return [...new Set(LOG_METRICS.filter(counting).map((metric) => metric.name))];
}

describe("the metrics of the logs count", () => {
  const expected: Readonly<Record<keyof typeof OCCASIONS, readonly string[]>> = {
    "an allow": ["DecisionsAllowed", "DecisionDuration"],
    "a deny": ["DecisionsDenied", "DecisionDuration"],
    "a request that nobody may send": ["DecisionsDenied", "DecisionDuration"],
    // Its own alarm tells of it; a spike of denies is about the policy.
    "a request that an emergency stop denied": ["DecisionDuration"],
    "the first request after an emergency stop": ["EmergencyStops"],
    "the first request after an emergency stop that cannot be read": ["EmergencyStops"],
    "the first request after a part of it was lifted": ["EmergencyStopsLifted"],
    "the first request after one stop took the place of another": ["EmergencyStops", "EmergencyStopsLifted"],
    "a difference of a shadow": ["ShadowDifferences"],
    "a missing token": ["TokensRefused"],
    "an outage of the keys": ["AuthorizersFailed", "KeysUnavailable"],
    // Before somebody is turned away.
    "keys that were not there at the start": ["KeysUnavailable"],
    "given keys that are old": ["KeysUnavailable"],
    // Anybody can cause one with any token, as often as they like.
    "an outage of the keys that was told": [],
    "keys that were looked for a moment ago": [],
    "a defect": ["AuthorizersFailed"],
    "an event of another shape": ["AuthorizersFailed"],
    // Thrown, which Lambda counts as an error.
    "a 401 of the REST API": ["TokensRefused"],
    "an allowed sign-up": [],
    "a refused sign-up": ["SignUpsRefused"],
    "a sign-up that failed": ["SignUpsFailed"],
    "a wrong variable of pre-sign-up": ["SignUpsFailed"],
    "an assignment that was made": [],
    "an assignment that failed": ["GroupAssignmentsFailed"],
    "a wrong variable of post-confirmation": ["GroupAssignmentsFailed"],
    "healing that was done": [],
    "healing that failed": ["GroupAssignmentsFailed"],
    "a token that went out as it came": ["TokensDegraded"],
    "a token over its budget": ["TokensDegraded"],
    "a wrong variable of pre-token-generation": ["TokensDegraded"],
  };

  it.each(Object.entries(OCCASIONS))("%s as it should be counted", async (what, occasion) => {
    const recorded = await linesOf(occasion);
    expect(recorded.length).toBeGreaterThan(0);
    expect(countedAs(occasion.function, recorded)).toEqual(expected[what as keyof typeof OCCASIONS]);
  });
});

describe("the metrics of crashes", () => {
  const names = ["preSignUp", "httpAuthorizer", "restAuthorizer"] as const;

  // As Lambda and its runtime write them; docs/local-fidelity.md says how to see them.
  it.each([
    "2026-11-24T12:00:00.000Z 3364d63a-b18c-5ed6-97c7-85c6bf57800e Task timed out after 5.00 seconds",
    "RequestId: 3364d63a-b18c-5ed6-97c7-85c6bf57800e Error: Runtime exited with error: signal: killed",
    "INIT_REPORT Init Duration: 206.72 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError",
    '2026-11-24T12:00:00.000Z\tundefined\tERROR\tUncaught Exception \t{"errorType":"ConfigurationError"}',
  ])("count %s", (line) => {
    expect(names.map((name) => countedAs(name, [line]))).toEqual([
      ["PreSignUpCrashes"],
      ["HttpAuthorizerCrashes"],
      ["RestAuthorizerCrashes"],
    ]);
  });

  it.each([
    "START RequestId: 3364d63a-b18c-5ed6-97c7-85c6bf57800e Version: $LATEST",
    "REPORT RequestId: 3364d63a\tDuration: 12.35 ms\tBilled Duration: 13 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB",
    '2026-11-24T12:00:00.000Z\t3364d63a\tERROR\tInvoke Error \t{"errorType":"PublicRefusal"}',
  ])("ignore %s", (line) => {
    for (const name of names) expect(countedAs(name, [line])).toEqual([]);
  });
});

describe("the metric filters of a stage", () => {
  const all = new Set<string>([...TRIGGERS, ...AUTHORIZERS]);
  const filters = metricFilters("claimgate/dev", all);

  it("are one a metric and function, each on the function's own log group", () => {
    expect(Object.keys(filters)).toHaveLength(
      LOG_METRICS.reduce((sum, { functions }) => sum + functions.length, 0),
    );
    expect(filters["HttpAuthorizerDecisionsDeniedFilter"]).toEqual({
      Type: "AWS::Logs::MetricFilter",
      Properties: {
        LogGroupName: { Ref: "HttpAuthorizerLogGroup" },
        FilterPattern: '{ $.kind = "decision" && $.effect = "deny" && $.reason != "stopped" }',
        MetricTransformations: [
          {
            MetricNamespace: "claimgate/dev",
            MetricName: "DecisionsDenied",
            MetricValue: "1",
            DefaultValue: 0,
            Unit: "Count",
          },
        ],
      },
    });
  });

  it("measure a duration without a default, which would be a duration of nothing", () => {
    const { MetricTransformations } = (
      filters["HttpAuthorizerDecisionDurationFilter"] as { Properties: { MetricTransformations: object[] } }
    ).Properties;
    expect(MetricTransformations).toEqual([
      {
        MetricNamespace: "claimgate/dev",
        MetricName: "DecisionDuration",
        MetricValue: "$.durationMs",
        Unit: "Milliseconds",
      },
    ]);
  });

  it("are none for functions that the stage lacks", () => {
    expect(Object.keys(metricFilters("x", new Set(["orders"])))).toEqual([]);
  });

  it("speak of functions that serverless.yml has", () => {
    const text = readFileSync("serverless.yml", "utf8");
    for (const name of all) expect(text).toMatch(new RegExp(`^  ${name}:$`, "m"));
  });
});

describe("the matcher of these tests", () => {
  it.each<[string, string, boolean]>([
    ['{ $.a = "x" && $.b = "y" }', '{"a":"x","b":"y"}', true],
    ['{ $.a = "x" && $.b = "y" }', '{"a":"x"}', false],
    ['{ $.a = "x" || $.b = "y" }', '{"b":"y"}', true],
    ['{ $.a = "x" || $.b = "y" }', '{"a":"y"}', false],
    ["{ $.a >= 0 }", '{"a":0.4}', true],
    ["{ $.a >= 0 }", '{"a":"0"}', false],
    ['{ $.a != "x" }', '{"a":"y"}', true],
    ['{ $.a != "x" }', '{"a":"x"}', false],
    ['{ $.a = "x" }', 'x {"a":"x"}', false],
    ['{ $.a = "x" }', '["x"]', false],
    ['?"one two" ?"three"', "a one two b", true],
    ['?"one two" ?"three"', "one  two Three", false],
  ])("%s on %s: %s", (pattern, line, matches) => {
    expect(matchesFilter(pattern, line)).toBe(matches);
  });

  it.each([
    '{ $.a = "x" || $.b = "y" && $.c = "z" }',
    '{ $.a <> "x" }',
    '{ $.a = "x*" }',
    "{ $.a IS NULL }",
    '{ ($.a = "x") }',
    '"a" "b"',
    "{ $.a >= x }",
  ])("refuses %s, which it cannot read, even on a line that is not JSON", (pattern) => {
    expect(() => matchesFilter(pattern, "START")).toThrow(RangeError);
  });
});
