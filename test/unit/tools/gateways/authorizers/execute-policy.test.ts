import { effectOf } from "../../../../../src/tools/gateways/authorizers/execute-policy.ts";

const ARN = "arn:aws:execute-api:us-east-1:000000000000:api/dev/GET/orders/1";
const invoke = (Effect: string, Resource: unknown, more: object = {}) => ({
  Action: "execute-api:Invoke",
  Effect,
  Resource,
  ...more,
});
const says = (...statements: object[]) => effectOf({ Version: "2012-10-17", Statement: statements }, ARN);

test("allows by a whole match, in a list or alone, of one statement or several", () => {
  expect(says(invoke("Allow", ARN))).toBe("allow");
  expect(says(invoke("Allow", ["arn:x", ARN.replace("/1", "/*")]))).toBe("allow");
  expect(effectOf({ Statement: invoke("Allow", "*") }, ARN)).toBe("allow");
  expect(says(invoke("Allow", "*", { Action: "EXECUTE-API:*" }))).toBe("allow");
});

test("a deny counts before an allow", () => {
  expect(says(invoke("Deny", ARN), invoke("Allow", "*"))).toBe("explicit-deny");
  expect(says(invoke("Allow", "*"), invoke("Deny", "arn:aws:execute-api:*/GET/*"))).toBe("explicit-deny");
});

test.each([
  ["a part of the ARN", invoke("Allow", "GET/orders/1")],
  ["a pattern whose dots are no dots", invoke("Allow", ARN.replace("us-east-1", "us.east.1"))],
  ["a regular expression", invoke("Allow", "arn:x|.*")],
  ["another action", invoke("Allow", "*", { Action: "s3:GetObject" })],
  ["a condition, which is not evaluated", invoke("Allow", "*", { Condition: { Bool: { x: "true" } } })],
  ["every other resource", { Action: "execute-api:Invoke", Effect: "Allow", NotResource: ARN }],
])("%s allows nothing", (_what, statement) => {
  expect(says(statement)).toBe("implicit-deny");
});

test("a deny with a condition denies", () => {
  expect(says(invoke("Allow", "*"), invoke("Deny", "*", { Condition: {} }))).toBe("explicit-deny");
});

test.each([undefined, null, {}, { Statement: "x" }, { Statement: [{ Effect: "allow" }] }])(
  "%j cannot be read as a policy",
  (document) => {
    expect(effectOf(document, ARN)).toBeUndefined();
  },
);
