import { authorizerDependencies } from "../../../src/lambda/authorizer-dependencies.ts";
import { jwksCacheFrom } from "../../../src/token/custom-keys.ts";
import { KnownOutageError } from "../../../src/token/verification-error.ts";
import { jwksOf } from "../../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../../src/tools/local/identifiers.ts";
import { POOL_KEY, tokenOf } from "../../support/authorization.ts";
import { thrownBy } from "../../support/thrown.ts";

// No test may reach for the network.
jest.mock("#signing-keys", () => ({
  signingKeys: () => jwksCacheFrom(() => Promise.reject(new Error("no network in tests"))),
  localVariables: new Set(),
}));

const ENVIRONMENT = {
  CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
  CLAIMGATE_APP_CLIENTS: JSON.stringify(LOCAL.appClients),
};

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  jest.spyOn(process.stdout, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe("an authorizer does not start", () => {
  test.each([
    ["without a pool", { ...ENVIRONMENT, CLAIMGATE_USER_POOL_ID: "" }, /`CLAIMGATE_USER_POOL_ID`/],
    ["with a pool that is none", { ...ENVIRONMENT, CLAIMGATE_USER_POOL_ID: "x" }, /`x`/],
    ["without app clients", { ...ENVIRONMENT, CLAIMGATE_APP_CLIENTS: undefined }, /no app client/],
    ["with an empty list of app clients", { ...ENVIRONMENT, CLAIMGATE_APP_CLIENTS: "{}" }, /no app client/],
    [
      "with app clients that are no ids",
      { ...ENVIRONMENT, CLAIMGATE_APP_CLIENTS: '{"web":1}' },
      /`CLAIMGATE_APP_CLIENTS`/,
    ],
    [
      "with a second pool and no alias",
      {
        ...ENVIRONMENT,
        CLAIMGATE_ADDITIONAL_ISSUERS: '[{"userPoolId":"us-east-1_X","appClients":{"x":"x"},"poolAlias":"x"}]',
      },
      /has no alias/,
    ],
    ["with a memo of no size", { ...ENVIRONMENT, CLAIMGATE_TOKEN_MEMO: "many" }, /`CLAIMGATE_TOKEN_MEMO`/],
    [
      "with a doubtful report-only",
      { ...ENVIRONMENT, CLAIMGATE_REPORT_ONLY: "yes" },
      /`CLAIMGATE_REPORT_ONLY`/,
    ],
    [
      "with an unknown failure mode",
      { ...ENVIRONMENT, CLAIMGATE_REVOCATION_ON_FAILURE: "maybe" },
      /`CLAIMGATE_REVOCATION_ON_FAILURE`/,
    ],
    [
      "with an unknown way to log inputs",
      { ...ENVIRONMENT, CLAIMGATE_LOG_INPUTS: "no" },
      /`CLAIMGATE_LOG_INPUTS`/,
    ],
    [
      "with a misspelled variable",
      { ...ENVIRONMENT, CLAIMGATE_REVOCATION_TABEL: "revocations" },
      /did you mean `CLAIMGATE_REVOCATION_TABLE`\?$/,
    ],
    [
      "with the former name of a variable",
      { ...ENVIRONMENT, CLAIMGATE_WEBSOCKET_TOKEN: "query" },
      /`CLAIMGATE_WEBSOCKET_TOKEN` was renamed to `CLAIMGATE_TOKEN_PLACE`; rename it$/,
    ],
  ])("%s", (_what, env, message) => {
    expect(thrownBy(() => authorizerDependencies(env))).toMatchObject({
      code: "configuration_invalid",
      message: expect.stringMatching(message) as string,
    });
  });
});

test("keys that cannot be fetched at the start do not stop it: it is logged, and tokens are an error, not a 401", async () => {
  const deps = authorizerDependencies(ENVIRONMENT);
  await expect(deps.verify(tokenOf("alice"))).rejects.toMatchObject({ code: "keys_unavailable" });
  expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toContain("keys-not-prefetched");
  // The request waited for the same fetch: one of the two raises the alarm.
  await expect(deps.verify(tokenOf("alice"))).rejects.toBeInstanceOf(KnownOutageError);
});

describe("an authorizer with given keys", () => {
  const given = (fetchedAt: string) => ({
    ...ENVIRONMENT,
    CLAIMGATE_KEY_SETS: JSON.stringify({ fetchedAt, keySets: { [LOCAL.issuer]: jwksOf([POOL_KEY]) } }),
  });
  const linesOf = (kind: string) =>
    lines
      .map((line) => JSON.parse(line) as { kind: string; level: string })
      .filter((line) => line.kind === kind);

  test("answers without a network, and only warns of the failed fetch", async () => {
    const deps = authorizerDependencies(given(new Date().toISOString()));
    expect((await deps.verify(tokenOf("alice"))).kind).toBe("user");
    // The answer does not wait for the fetch.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(linesOf("keys-not-prefetched")).toMatchObject([{ level: "warn" }]);
    expect(linesOf("keys-old")).toEqual([]);
  });

  test("says when they are old, and uses them all the same", async () => {
    const deps = authorizerDependencies(given("2026-01-01T00:00:00.000Z"));
    expect((await deps.verify(tokenOf("alice"))).kind).toBe("user");
    expect(linesOf("keys-old")).toMatchObject([{ level: "error", code: "keys_unavailable" }]);
  });

  test.each<[string, string, RegExp]>([
    ["no JSON", "keys.txt", /`CLAIMGATE_KEY_SETS` is not JSON/],
    [
      "another shape",
      "[]",
      /`CLAIMGATE_KEY_SETS`: `fetchedAt` is not a time; expected what `claimgate keys` writes/,
    ],
  ])("does not start with %s", (_what, value, message) => {
    expect(
      thrownBy(() => authorizerDependencies({ ...ENVIRONMENT, CLAIMGATE_KEY_SETS: value })),
    ).toMatchObject({
      code: "configuration_invalid",
      message: expect.stringMatching(message) as string,
    });
  });
});

test("an authorizer only reports where it is told to, and says so when it starts", () => {
  expect(authorizerDependencies(ENVIRONMENT).reportOnly).toBe(false);
  expect(lines.join("")).not.toContain("report-only");
  expect(authorizerDependencies({ ...ENVIRONMENT, CLAIMGATE_REPORT_ONLY: "true" }).reportOnly).toBe(true);
  expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
    expect.objectContaining({ level: "warn", kind: "report-only", reportOnly: true }),
  );
});
