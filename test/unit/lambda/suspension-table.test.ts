import fc from "fast-check";
import { objectOf } from "../../../src/json.ts";
import { createLog } from "../../../src/lambda/log.ts";
import { readSuspensions } from "../../../src/lambda/suspension-table.ts";
import { createRevocationListWriter } from "../../../src/tools/deployment/aws/revocation-list.ts";
import { createPreSignUp, SIGN_UP_REFUSED } from "../../../src/triggers/pre-sign-up.ts";
import { TRY_LATER } from "../../../src/triggers/report.ts";
import { suspensionKey, suspensionNames } from "../../../src/triggers/suspensions.ts";
import { createTrustedProviders } from "../../../src/triggers/trusted-providers.ts";
import { answerDynamoDb } from "../../support/dynamodb.ts";
import { memoryDirectory } from "../../support/memory-directory.ts";
import { policyFrom } from "../../support/policy.ts";
import { preSignUpEvent } from "../../support/trigger-events.ts";

// The AWS SDK as it is, over HTTP, against a table that keeps what it is given, as DynamoDB's documentation has it.

type Item = Readonly<Record<string, { readonly S?: string }>>;
const state = { items: new Map<string, Item>(), answer: undefined as object | undefined, asked: 0 };

function answerTo(
  action: string,
  input: Readonly<Record<string, unknown>>,
): { status: number; body: object } {
  if (action === "BatchGetItem") {
    state.asked += 1;
    if (state.answer !== undefined) return { status: 200, body: state.answer };
    const { Keys } = objectOf(objectOf(input["RequestItems"])["list"]) as { Keys: Item[] };
    if (new Set(Keys.map(({ key }) => key?.S)).size < Keys.length) {
      const __type = "com.amazon.coral.validate#ValidationException";
      return { status: 400, body: { __type, message: "Provided list of item keys contains duplicates" } };
    }
    const found = Keys.flatMap(({ key }) => state.items.get(key?.S ?? "") ?? []);
    return { status: 200, body: { Responses: { list: found }, UnprocessedKeys: {} } };
  }
  const item = (input["Item"] ?? input["Key"]) as Item;
  const key = item["key"]?.S ?? "";
  const existing = state.items.get(key);
  if (action === "DeleteItem") state.items.delete(key);
  else if (input["ConditionExpression"] !== undefined && existing !== undefined) {
    const __type = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
    return { status: 400, body: { __type, message: "The conditional request failed", Item: existing } };
  } else state.items.set(key, item);
  return { status: 200, body: {} };
}

answerDynamoDb(answerTo);
beforeEach(() => {
  Object.assign(state, { items: new Map(), answer: undefined, asked: 0 });
});

const POOL = preSignUpEvent("SignUp", {})["userPoolId"] as string;
const policy = policyFrom("p2, *@example.com, allow\np2, *@other.example, deny\n");
const MALLORY = suspensionNames({
  email: "Mallory@example.com",
  userName: "5d0c",
  identities: [{ provider: "Google", subject: "42" }],
});

/** Pre-sign-up as it is deployed with a revocation list, with its lines. */
function trigger() {
  const lines: string[] = [];
  const run = createPreSignUp({
    policy: () => policy,
    options: () => ({
      autoConfirm: false,
      linkFederatedUsers: false,
      trustedProviders: createTrustedProviders(new Map([["Google", ["example.com"]]])),
    }),
    directory: () => memoryDirectory(),
    deadline: () => new AbortController().signal,
    suspensions: readSuspensions({ CLAIMGATE_REVOCATION_TABLE: "list" }),
    log: createLog(
      (line) => lines.push(line),
      () => new Date(0),
    ),
  });
  return { run, lines };
}

const list = () => createRevocationListWriter("us-east-1", "list");
const suspend = () => list().putSuspensions(POOL, MALLORY, "2026-11-28T12:00:00.000Z");
const vouched = (email: string) => ({ email, email_verified: "true" });

describe("who was suspended and deleted", () => {
  test.each([
    ["by the address", preSignUpEvent("SignUp", { email: "mallory@example.com" })],
    ["by the address in capitals", preSignUpEvent("SignUp", { email: "MALLORY@EXAMPLE.com" })],
    ["by an administrator", preSignUpEvent("AdminCreateUser", { email: "mallory@example.com" })],
    ["by a provider", preSignUpEvent("ExternalProvider", vouched("mallory@example.com"), "Google_43")],
    [
      "by the same provider, with another address",
      preSignUpEvent("ExternalProvider", vouched("m@example.com"), "Google_42"),
    ],
    [
      "... in a pool that lower-cases user names",
      preSignUpEvent("ExternalProvider", vouched("m@example.com"), "google_42"),
    ],
  ])("does not come back %s, and no line has the address", async (_what, event) => {
    await suspend();
    const { run, lines } = trigger();
    await expect(run(event)).rejects.toThrow(SIGN_UP_REFUSED);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ level: "warn", kind: "sign-up-refused", reason: "suspended" }),
    ]);
    expect(lines.join("").toLowerCase()).not.toContain("mallory");
  });

  test.each([
    ["another address", preSignUpEvent("SignUp", { email: "mallory2@example.com" })],
    [
      "a `+tag` form, which is another address to the pool too",
      preSignUpEvent("SignUp", { email: "mallory+2@example.com" }),
    ],
    ["a user without an address", preSignUpEvent("AdminCreateUser", {})],
  ])("is nobody else: %s", async (_what, event) => {
    await suspend();
    await expect(trigger().run(event)).resolves.toBeDefined();
  });

  test("is found, and nobody else refused, where the user name is the address in another case", async () => {
    await suspend();
    const signUp = (email: string, userName: string) =>
      trigger().run(preSignUpEvent("SignUp", { email }, userName));
    await expect(signUp("mallory@example.com", "Mallory@Example.com")).rejects.toThrow(SIGN_UP_REFUSED);
    await expect(signUp("alice@example.com", "Alice@example.com")).resolves.toBeDefined();
  });

  test("comes back when the records are taken back", async () => {
    await suspend();
    await list().deleteSuspensions(POOL, MALLORY);
    await expect(
      trigger().run(preSignUpEvent("SignUp", { email: "mallory@example.com" })),
    ).resolves.toBeDefined();
  });

  test("is in the table as digests only, of a secret that is made once", async () => {
    await suspend();
    const once = [...state.items];
    await suspend();
    expect([...state.items]).toEqual(once);
    expect(once).toHaveLength(4);
    expect(JSON.stringify(once).toLowerCase()).not.toMatch(/mallory|google|5d0c/);
    for (const [key] of once) expect(key).toMatch(/^suspension-secret$|^suspended#[0-9a-f]{64}$/);
  });
});

describe("a record that cannot be read", () => {
  test.each<[string, object]>([
    ["an empty answer", {}],
    ["an answer under another name", { Responses: { other: [] } }],
    [
      "a table that did not get to it",
      { Responses: { list: [] }, UnprocessedKeys: { list: { Keys: [{}] } } },
    ],
    ["a secret without a value", { Responses: { list: [{ key: { S: "suspension-secret" } }] } }],
    ["an empty secret", { Responses: { list: [{ key: { S: "suspension-secret" }, secret: { S: "" } }] } }],
  ])("is a refusal, and an error: %s", async (_what, answer) => {
    state.answer = answer;
    const { run, lines } = trigger();
    await expect(run(preSignUpEvent("SignUp", { email: "alice@example.com" }))).rejects.toThrow(TRY_LATER);
    expect(JSON.parse(lines.at(-1) ?? "{}")).toMatchObject({
      level: "error",
      kind: "sign-up-failed",
      code: "revocation_unavailable",
    });
  });
});

test("a stranger whom no row allows costs no look at the table, and the secret is read once", async () => {
  await suspend();
  const { run } = trigger();
  await expect(run(preSignUpEvent("SignUp", { email: "x@other.example" }))).rejects.toThrow(SIGN_UP_REFUSED);
  expect(state.asked).toBe(0);
  for (const email of ["a@example.com", "b@example.com"]) await run(preSignUpEvent("SignUp", { email }));
  expect(state.asked).toBe(3);
});

test("a stage without a revocation list keeps no records", () => {
  expect(readSuspensions({})).toBeUndefined();
});

test("two names have the same record if and only if they differ in the case of A to Z only, in the same pool", () => {
  const names = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "A", "\u212a", "k", "K", "#"), maxLength: 4 }),
    fc.emailAddress(),
  );
  const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  fc.assert(
    fc.property(names, names, fc.constantFrom("p_1", "p_2"), (a, b, pool) => {
      const same = suspensionKey("secret", "p_1", a) === suspensionKey("secret", pool, b);
      expect(same).toBe(pool === "p_1" && lower(a) === lower(b));
      expect(suspensionKey("other", "p_1", a)).not.toBe(suspensionKey("secret", "p_1", a));
    }),
  );
});
