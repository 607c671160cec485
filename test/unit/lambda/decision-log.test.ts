import type { AuthorizationRecord } from "../../../src/authorizers/outcome.ts";
import { ClaimgateError } from "../../../src/errors.ts";
import { createDecisionLog, type InputLogging, readInputLogging } from "../../../src/lambda/decision-log.ts";
import { createLog } from "../../../src/lambda/log.ts";
import type { Decision } from "../../../src/policy/decision.ts";
import { KnownOutageError } from "../../../src/token/verification-error.ts";

const DECISION: Decision = {
  effect: "allow",
  reason: "allowed_by_row",
  determining: [{ file: "policies/roles.csv", line: 13, row: "p, …", digest: "00112233aabbccdd" }],
  permissions: ["user-orders:list"],
  permission: "user-orders:list",
  subjects: ["group:customers", "role:customer", "user:user-1"],
  inputs: [{ parameter: "userId", claim: "sub", parameterValue: "user-1", claimValue: "user-1" }],
  tenants: [],
  policyVersion: "0123456789abcdef",
  app: undefined,
};

const ABOUT = {
  gateway: "http",
  requestId: "request-1",
  matched: {
    method: "GET",
    template: "/users/{userId}/orders",
    path: "/users/user-1/orders",
    encoding: "decoded",
    parameters: { userId: "user-1" },
  },
  durationMs: 1.23456,
  reportOnly: false,
} as const;

const decided = (changes: Partial<Decision> = {}): AuthorizationRecord => ({
  ...ABOUT,
  kind: "decided",
  decided: { by: "policy", route: "GET /users/{userId}/orders", decision: { ...DECISION, ...changes } },
});

function lineOf(record: AuthorizationRecord, inputs: InputLogging = "plain"): Record<string, unknown> {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date("2026-11-10T13:40:56.789Z"),
  );
  createDecisionLog(log, inputs)(record);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? "") as Record<string, unknown>;
}

describe("the decision log", () => {
  test("has a line for a decision, with enough to decide it again", () => {
    expect(lineOf(decided())).toEqual({
      time: "2026-11-10T13:40:56.789Z",
      level: "info",
      kind: "decision",
      requestId: "request-1",
      gateway: "http",
      method: "GET",
      template: "/users/{userId}/orders",
      route: "GET /users/{userId}/orders",
      effect: "allow",
      reason: "allowed_by_row",
      permission: "user-orders:list",
      permissions: ["user-orders:list"],
      subjects: ["group:customers", "role:customer", "user:user-1"],
      determining: [{ at: "policies/roles.csv:13", digest: "00112233aabbccdd" }],
      inputs: [{ parameter: "userId", claim: "sub", parameterValue: "user-1", claimValue: "user-1" }],
      policyVersion: "0123456789abcdef",
      durationMs: 1.235,
    });
  });

  test("of an authorizer that only reports says so in every line, and warns of what was let through", () => {
    const reported = (record: AuthorizationRecord) => lineOf({ ...record, reportOnly: true });
    const denied = decided({ effect: "deny", reason: "nothing_granted" });
    expect(reported(denied)).toMatchObject({
      level: "warn",
      effect: "deny",
      reportOnly: true,
      wouldDeny: true,
    });
    expect(reported(decided())).toMatchObject({ level: "info", reportOnly: true });
    expect(reported(decided())).not.toHaveProperty("wouldDeny");
    const refused = { ...ABOUT, kind: "token-refused", code: "token_expired", message: "x" } as const;
    expect(reported(refused)).toMatchObject({ reportOnly: true });
    const failed = { ...ABOUT, kind: "failed", error: new Error("x") } as const;
    expect(reported(failed)).toMatchObject({ reportOnly: true });
    expect(lineOf(decided())).not.toHaveProperty("reportOnly");
  });

  test("hashes inputs where configured, so that equal ones can still be told", () => {
    const [input] = lineOf(decided(), "hashed")["inputs"] as Record<string, string>[];
    expect(input?.["parameterValue"]).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(input?.["parameterValue"]).toBe(input?.["claimValue"]);
  });

  test("leaves out an input that was not there, in either mode", () => {
    const inputs = [{ parameter: "userId", claim: "sub", parameterValue: undefined, claimValue: undefined }];
    expect(lineOf(decided({ inputs }))["inputs"]).toEqual([{ parameter: "userId", claim: "sub" }]);
    expect(lineOf(decided({ inputs }), "hashed")["inputs"]).toEqual([{ parameter: "userId", claim: "sub" }]);
  });

  test("never holds an e-mail, in inputs or in subjects", () => {
    const line = lineOf(
      decided({
        inputs: [
          { parameter: "mail", claim: "email", parameterValue: "a@example.com", claimValue: "b@example.com" },
        ],
        subjects: ["group:jane@example.com", "user:user-1"],
      }),
    );
    expect(JSON.stringify(line)).not.toContain("@");
    expect(line["subjects"]).toEqual([expect.stringMatching(/^group:sha256:[0-9a-f]{32}$/), "user:user-1"]);
  });

  test("never holds a token that came as a path parameter, and still says whether it was the claim's value", () => {
    const token = `${Buffer.from('{"alg":"RS256"}').toString("base64url")}.e30.c2ln`;
    const inputs = [
      { parameter: "id", claim: "handle", parameterValue: token, claimValue: token },
      { parameter: "mail", claim: "email", parameterValue: "a%40example.com", claimValue: "user-1" },
    ];

    const line = lineOf(decided({ inputs }));

    expect(JSON.stringify(line)).not.toContain(token);
    const [same, other] = line["inputs"] as Record<string, string>[];
    expect(same?.["parameterValue"]).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(same?.["claimValue"]).toBe(same?.["parameterValue"]);
    expect(other?.["parameterValue"]).toMatch(/^sha256:/);
    expect(other?.["claimValue"]).toBe("user-1");
  });

  test("scrubs the message of a failure, which may repeat what the caller sent", () => {
    const error = new ClaimgateError("keys_unavailable", "no user jane@example.com", {
      cause: new Error("GET /callback?code=0f3c1a5e failed"),
    });
    expect(lineOf({ ...ABOUT, kind: "failed", error })).toMatchObject({
      error: "no user [address]",
      cause: "Error: GET /callback?code=[secret] failed",
    });
  });

  test("says of a request refused before the policy was asked which rule refused it", () => {
    const line = lineOf({
      ...ABOUT,
      kind: "decided",
      decided: {
        by: "refusal",
        error: new ClaimgateError("request_not_canonical", "the path has an empty segment"),
        subjects: ["user:user-1"],
        policyVersion: "0123456789abcdef",
      },
    });
    expect(line).toMatchObject({
      kind: "decision",
      effect: "deny",
      reason: "request_not_canonical",
      determining: [],
      subjects: ["user:user-1"],
    });
  });

  test("says of a stopped request what stopped it, and that no row decided", () => {
    const stopped = {
      by: "stop",
      route: "POST /refunds",
      permissions: ["orders:refund"],
      stopped: ["orders:*"],
      subjects: ["user:user-1"],
      app: { client: "web", scopes: ["openid"] },
      policyVersion: "0123456789abcdef",
    } as const;
    const line = lineOf({ ...ABOUT, kind: "decided", decided: stopped });
    const { by, app, ...same } = stopped;
    expect(line).toMatchObject({
      ...same,
      level: "info",
      kind: "decision",
      effect: "deny",
      reason: "stopped",
      client: "web",
      scopes: ["openid"],
      determining: [],
      inputs: [],
    });
    const reported = lineOf({ ...ABOUT, reportOnly: true, kind: "decided", decided: stopped });
    // It was not let through.
    expect(reported).toMatchObject({ level: "info", reportOnly: true, effect: "deny" });
    expect(reported).not.toHaveProperty("wouldDeny");
  });

  test("has the stopped routes of an answer for many apart from those that the policy denied", () => {
    const routes = [
      { route: "GET /orders", effect: "allow" },
      { route: "DELETE /orders", effect: "deny" },
      { route: "POST /refunds", effect: "deny", stopped: true },
    ] as const;
    const about = { subjects: ["user:user-1"], app: undefined, policyVersion: "v" } as const;
    const answer = { by: "policy-for-whole-api", routes, ...about } as const;
    expect(lineOf({ ...ABOUT, kind: "decided", decided: answer })).toMatchObject({
      allowed: ["GET /orders"],
      denied: ["DELETE /orders"],
      stopped: ["POST /refunds"],
    });
    const none = { ...answer, routes: routes.slice(0, 2) };
    expect(lineOf({ ...ABOUT, kind: "decided", decided: none })).not.toHaveProperty("stopped");
  });

  test("says of a refused token its code and nothing that was in it", () => {
    const record = {
      ...ABOUT,
      kind: "token-refused",
      code: "token_expired",
      message: "claim `exp` is in the past",
    };
    expect(lineOf(record as AuthorizationRecord)).toMatchObject({
      level: "warn",
      kind: "token-refused",
      code: "token_expired",
      requestId: "request-1",
    });
  });

  test("says of a failure its code and cause, as an error", () => {
    const error = new ClaimgateError("keys_unavailable", "the keys cannot be fetched", {
      cause: new Error("timeout"),
    });
    expect(lineOf({ ...ABOUT, kind: "failed", error })).toMatchObject({
      level: "error",
      kind: "authorizer-failed",
      code: "keys_unavailable",
      cause: "Error: timeout",
    });
  });

  test.each([
    new ClaimgateError("keys_refresh_limited", "x"),
    new KnownOutageError(new ClaimgateError("keys_unavailable", "x")),
  ])("raises no alarm for what anyone can provoke: %s", (error) => {
    expect(lineOf({ ...ABOUT, kind: "failed", error })).toMatchObject({
      level: "warn",
      kind: "authorizer-failed",
    });
  });

  test("has a line for an event that could not be read", () => {
    const error = new ClaimgateError("request_malformed", "x");
    const line = lineOf({
      gateway: "rest-request",
      requestId: undefined,
      matched: undefined,
      durationMs: 0,
      reportOnly: false,
      kind: "failed",
      error,
    });
    expect(line).toMatchObject({ kind: "authorizer-failed", gateway: "rest-request" });
    expect(line).not.toHaveProperty("requestId");
  });
});

test("CLAIMGATE_LOG_INPUTS is plain, hashed or absent", () => {
  expect(readInputLogging({})).toBe("plain");
  expect(readInputLogging({ CLAIMGATE_LOG_INPUTS: "hashed" })).toBe("hashed");
  expect(() => readInputLogging({ CLAIMGATE_LOG_INPUTS: "Hashed" })).toThrow(/`CLAIMGATE_LOG_INPUTS`/);
});
