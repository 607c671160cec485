import { verdictOf } from "../../../../../src/tools/gateways/authorizers/verdict.ts";

const ARN = "arn:aws:execute-api:us-east-1:000000000000:api/dev/GET/orders/1";
const answered = (payload: unknown) => ({ kind: "answered", payload }) as const;
const allowing = (context?: object) => ({
  principalId: "p",
  policyDocument: { Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: "*" }] },
  ...(context && { context }),
});

test.each(["simple", "policy", "policy-with-plain-context"] as const)(
  "of the errors, `Unauthorized` alone is 401 (%s)",
  (form) => {
    expect(verdictOf({ kind: "threw", message: "Unauthorized" }, form, ARN).kind).toBe("unauthenticated");
    for (const message of ["unauthorized", "Unauthorized.", "database down", ""]) {
      expect(verdictOf({ kind: "threw", message }, form, ARN).kind).toBe("failed");
    }
    expect(verdictOf({ kind: "timed-out" }, form, ARN).kind).toBe("failed");
    expect(verdictOf({ kind: "unreachable" }, form, ARN).kind).toBe("failed");
    expect(verdictOf(answered({ foo: 1 }), form, ARN).kind).toBe("failed");
    expect(verdictOf(answered("Unauthorized"), form, ARN).kind).toBe("failed");
  },
);

test("only booleans are simple answers", () => {
  const kind = (isAuthorized: unknown) => verdictOf(answered({ isAuthorized }), "simple", ARN).kind;
  expect(kind(true)).toBe("allow");
  expect(kind(false)).toBe("deny");
  for (const other of ["true", "false", 1, 0, null, undefined, {}]) expect(kind(other)).toBe("failed");
  expect(verdictOf(answered(allowing()), "simple", ARN).kind).toBe("failed");
});

test("a policy needs a principal", () => {
  const { principalId: _none, ...anonymous } = allowing();
  expect(verdictOf(answered(anonymous), "policy", ARN).kind).toBe("failed");
});

test("a context arrives typed at an HTTP API, and as strings at a REST API, which takes no lists", () => {
  const typed = { number: 1, flag: true, list: ["a"] };
  expect(verdictOf(answered(allowing(typed)), "policy", ARN)).toMatchObject({ context: typed });
  expect(verdictOf(answered({ isAuthorized: true, context: typed }), "simple", ARN)).toMatchObject({
    context: typed,
  });
  const plain = verdictOf(answered(allowing({ number: 1, flag: true })), "policy-with-plain-context", ARN);
  expect(plain).toMatchObject({ kind: "allow", context: { number: "1", flag: "true" } });
  for (const broken of [{ list: ["a"] }, { map: {} }, { nothing: null }]) {
    expect(verdictOf(answered(allowing(broken)), "policy-with-plain-context", ARN).kind).toBe("failed");
  }
});
