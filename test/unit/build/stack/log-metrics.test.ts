import { readFileSync } from "node:fs";
import { createHttpAuthorizer } from "../../../../src/authorizers/http-api-v2.ts";
import { createRestAuthorizer } from "../../../../src/authorizers/rest-request.ts";
import { LOG_METRICS, type LogMetric, metricFilters } from "../../../../src/build/stack/log-metrics.ts";
import { AUTHORIZERS, type StackFunction, TRIGGERS } from "../../../../src/build/stack/stack-functions.ts";
import { ClaimgateError, ConfigurationError } from "../../../../src/errors.ts";
import { createDecisionLog } from "../../../../src/runtime/decision-log.ts";
import { createLog, errorFields } from "../../../../src/runtime/log.ts";
import { readAtStart } from "../../../../src/runtime/trigger-configuration.ts";
import { createPreSignUp } from "../../../../src/triggers/handle-pre-sign-up.ts";
import { createPostConfirmation } from "../../../../src/triggers/post-confirmation.ts";
import { createPreTokenGeneration } from "../../../../src/triggers/pre-token-generation.ts";
import { createTrustedProviders } from "../../../../src/triggers/trusted-providers.ts";
import { dependencies, httpEvent, restEvent, tokenOf } from "../../../support/authorization.ts";
import { memoryDirectory } from "../../../support/memory-directory.ts";
import { matchesFilter } from "../../../support/metric-filter.ts";
import { policyFrom } from "../../../support/policy.ts";
import {
  postConfirmationEvent,
  preSignUpEvent,
  proven,
  tokenEvent,
} from "../../../support/trigger-events.ts";

/** Lines as the deployed functions write them, by the code that writes them. */
const lines: string[] = [];
const log = createLog(
  (line) => lines.push(line),
  () => new Date("2026-11-24T12:00:00Z"),
);

/** The lines that something writes. */
async function written(act: () => unknown): Promise<string[]> {
  lines.length = 0;
  try {
    await act();
  } catch {
    // A refusal is thrown; what counts is what was logged.
  }
  expect(lines.length).toBeGreaterThan(0);
  return [...lines];
}

/** The metrics that count any of these lines in the log of a function. */
function countedAs(name: StackFunction, recorded: readonly string[]): string[] {
  const counting = ({ functions, pattern }: LogMetric) =>
    functions.includes(name) && recorded.some((line) => matchesFilter(pattern, line));
  return [...new Set(LOG_METRICS.filter(counting).map((metric) => metric.name))];
}

const asks = (name: string) => ({ headers: { authorization: `Bearer ${tokenOf(name)}` } });
const record = createDecisionLog(log, "plain");
const failing = (error: unknown) => dependencies({ record, verify: () => Promise.reject(error) });
const outage = new ClaimgateError("keys_unavailable", "the keys cannot be fetched");

const policy = policyFrom(`p2, *@example.com, allow
g3, *@example.com, group:staff
g, group:staff, role:clerk
`);
const trustedProviders = createTrustedProviders(new Map());
const tools = (pool: Parameters<typeof memoryDirectory>[0] = {}) => ({
  policy: () => policy,
  directory: () => memoryDirectory(pool),
  deadline: () => new AbortController().signal,
  now: () => new Date("2026-11-24T12:00:00Z"),
  log,
});
const broken = <T>(name: string) =>
  readAtStart<T>(log, name, () => {
    throw new ConfigurationError("environment variable `X` is wrong");
  });
const signUpOptions = () => ({ autoConfirm: false, linkFederatedUsers: false, trustedProviders });
const tokenOptions = () => ({
  trustedProviders,
  healGroups: true,
  scopePrefix: undefined,
  copiedClaims: new Map<string, string>(),
  tokenBudget: 6_144,
});

describe("the metrics of the authorizers count", () => {
  const http = (deps = dependencies({ record })) => createHttpAuthorizer(deps);

  it.each<[string, () => Promise<unknown>, string[]]>([
    ["an allow", () => http()(httpEvent(asks("sam"))), ["DecisionsAllowed", "DecisionDuration"]],
    ["a deny", () => http()(httpEvent(asks("alice"))), ["DecisionsDenied", "DecisionDuration"]],
    [
      "a request that nobody may send, which is a deny",
      () => http()(httpEvent({ ...asks("sam"), rawPath: "/orders//" })),
      ["DecisionsDenied", "DecisionDuration"],
    ],
    ["a missing token", () => http()(httpEvent()), ["TokensRefused"]],
    [
      "an outage of the keys",
      () => http(failing(outage))(httpEvent(asks("sam"))),
      ["AuthorizersFailed", "KeysUnavailable"],
    ],
    ["a defect", () => http(failing(new TypeError("x")))(httpEvent(asks("sam"))), ["AuthorizersFailed"]],
    ["an event of another shape", () => http()({}), ["AuthorizersFailed"]],
  ])("%s", async (_, act, metrics) => {
    expect(countedAs("httpAuthorizer", await written(act))).toEqual(metrics);
  });

  it("a 401 of the REST API as a refused token, not as a failure, though it is thrown", async () => {
    const authorizer = createRestAuthorizer(dependencies({ record }));
    expect(countedAs("restAuthorizer", await written(() => authorizer(restEvent())))).toEqual([
      "TokensRefused",
    ]);
  });

  it("no failure that anybody can provoke by naming unknown keys", async () => {
    const deps = failing(new ClaimgateError("keys_refresh_limited", "x"));
    expect(countedAs("httpAuthorizer", await written(() => http(deps)(httpEvent(asks("sam")))))).toEqual([]);
  });

  it("keys that were not there at the start, before somebody is turned away", async () => {
    const recorded = await written(() => log("warn", "keys-not-prefetched", errorFields(outage)));
    expect(countedAs("restAuthorizer", recorded)).toEqual(["KeysUnavailable"]);
  });
});

describe("the metrics of the triggers count", () => {
  const signUp = createPreSignUp({ ...tools(), options: signUpOptions });
  const confirm = (failures: readonly string[] = []) =>
    createPostConfirmation({
      ...tools({ attributes: proven("a@example.com"), failing: failures }),
      options: () => ({ trustedProviders }),
    });
  const token = (failures: readonly string[] = [], changes: object = {}) =>
    createPreTokenGeneration({
      ...tools({ attributes: proven("a@example.com"), failing: failures }),
      options: () => ({ ...tokenOptions(), ...changes }),
    });
  const lostGroups = () => tokenEvent({ attributes: proven("a@example.com") });

  it.each<[string, StackFunction, () => unknown, string[]]>([
    [
      "no sign-up that is allowed",
      "preSignUp",
      () => signUp(preSignUpEvent("SignUp", { email: "a@example.com" })),
      [],
    ],
    [
      "a refused sign-up",
      "preSignUp",
      () => signUp(preSignUpEvent("SignUp", { email: "a@example.net" })),
      ["SignUpsRefused"],
    ],
    ["a sign-up that failed", "preSignUp", () => signUp({}), ["SignUpsFailed"]],
    ["a wrong variable of pre-sign-up", "preSignUp", () => broken("preSignUp"), ["SignUpsFailed"]],
    [
      "no assignment that was made",
      "postConfirmation",
      () => confirm()(postConfirmationEvent(proven("a@example.com"))),
      [],
    ],
    [
      "an assignment that failed",
      "postConfirmation",
      () => confirm(["add staff"])(postConfirmationEvent(proven("a@example.com"))),
      ["GroupAssignmentsFailed"],
    ],
    [
      "a wrong variable of post-confirmation",
      "postConfirmation",
      () => broken("x"),
      ["GroupAssignmentsFailed"],
    ],
    ["no healing that was done", "preTokenGeneration", () => token()(lostGroups()), []],
    [
      "healing that failed",
      "preTokenGeneration",
      () => token(["add staff"])(lostGroups()),
      ["GroupAssignmentsFailed"],
    ],
    [
      "a token that went out as it came",
      "preTokenGeneration",
      () => token()({ ...tokenEvent(), request: 1 }),
      ["TokensDegraded"],
    ],
    [
      "a token over its budget",
      "preTokenGeneration",
      () => token([], { tokenBudget: 1 })(tokenEvent({ groups: ["staff"] })),
      ["TokensDegraded"],
    ],
    ["a wrong variable of pre-token-generation", "preTokenGeneration", () => broken("x"), ["TokensDegraded"]],
  ])("%s", async (_, name, act, metrics) => {
    expect(countedAs(name, await written(act))).toEqual(metrics);
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
  ])("do not count %s", (line) => {
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
        FilterPattern: '{ $.kind = "decision" && $.effect = "deny" }',
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
    ['{ $.a = "x" }', 'x {"a":"x"}', false],
    ['{ $.a = "x" }', '["x"]', false],
    ['?"one two" ?"three"', "a one two b", true],
    ['?"one two" ?"three"', "one  two Three", false],
  ])("%s on %s: %s", (pattern, line, matches) => {
    expect(matchesFilter(pattern, line)).toBe(matches);
  });

  it.each([
    '{ $.a = "x" || $.b = "y" && $.c = "z" }',
    '{ $.a != "x" }',
    '{ $.a = "x*" }',
    "{ $.a IS NULL }",
    '{ ($.a = "x") }',
    '"a" "b"',
    "{ $.a >= x }",
  ])("refuses %s, which it cannot read, even on a line that is no JSON", (pattern) => {
    expect(() => matchesFilter(pattern, "START")).toThrow(RangeError);
  });
});
