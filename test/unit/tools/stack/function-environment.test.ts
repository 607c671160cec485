import { checkEnvironments } from "../../../../src/tools/stack/function-environment.ts";

const check = (environment: Readonly<Record<string, unknown>>) =>
  checkEnvironments({ triggers: { environment }, other: {} });

describe("the environment of a function", () => {
  it("may leave out what has a default, and what only the deployment fills in", () => {
    expect(() => check({})).not.toThrow();
    expect(() =>
      check({
        CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" },
        CLAIMGATE_APP_CLIENTS: { "Fn::Sub": '{"web":"${WebClient}"}' },
        CLAIMGATE_REVOCATION_TABLE: { Ref: "RevocationTable" },
        CLAIMGATE_TOKEN_BUDGET: 6144,
      }),
    ).not.toThrow();
  });

  it.each([
    ["CLAIMGATE_AUTO_CONFIRM", "yes", "expected `true` or `false`"],
    ["CLAIMGATE_ALL_PROVIDERS_LISTED", "yes", "expected `true` or `false`"],
    ["CLAIMGATE_COPIED_CLAIMS", '{"sub":"custom:x"}', "claim `sub` is reserved"],
    ["CLAIMGATE_TOKEN_BUDGET", "999", "expected a whole number of at least 1000"],
    ["CLAIMGATE_TOKEN_BUDGET", "6k", "expected a whole number"],
    ["CLAIMGATE_ISSUER_FORMS", "new", "expected `original`, `updated` or `original,updated`"],
    ["CLAIMGATE_WHOLE_API_ANSWER", "api", "expected `true` or `false`"],
    ["CLAIMGATE_TOKEN_PLACE", "cookie", "expected `subprotocol` or `header` or `query`"],
    ["CLAIMGATE_APPSYNC_TTL", "3601", "expected at most 3600 seconds"],
    ["CLAIMGATE_REVOCATION_ON_FAILURE", "ajar", "expected `closed` or `open`"],
  ])("is read before it is deployed: %s=%s", (variable, value, message) => {
    expect(() => check({ [variable]: value })).toThrow(RangeError);
    expect(() => check({ [variable]: value })).toThrow(
      `function \`triggers\`: environment variable \`${variable}\``,
    );
    expect(() => check({ [variable]: value })).toThrow(message);
  });
});
