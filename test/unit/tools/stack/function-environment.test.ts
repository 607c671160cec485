import { VARIABLES } from "../../../../src/lambda/known-variables.ts";
import { printFinding } from "../../../../src/tools/findings/finding.ts";
import { servicePlaces } from "../../../../src/tools/service/service-places.ts";
import { environmentFindings, READERS } from "../../../../src/tools/stack/function-environment.ts";

const topOfFile = () => ({ file: "serverless.yml", line: 1, column: 1 });

const check = (environment: Readonly<Record<string, unknown>>, provider = {}) =>
  environmentFindings(
    { functions: { triggers: { environment }, other: {} }, provider, resources: {} },
    topOfFile,
  ).map(printFinding);

describe("the environment of a function", () => {
  it("may leave out what has a default, and what only the deployment fills in", () => {
    expect(check({})).toEqual([]);
    expect(
      check({
        CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" },
        CLAIMGATE_APP_CLIENTS: { "Fn::Sub": '{"web":"${WebClient}"}' },
        CLAIMGATE_REVOCATION_TABLE: { Ref: "RevocationTable" },
        CLAIMGATE_TOKEN_BUDGET: 6144,
        ORDERS_TABLE: "orders",
      }),
    ).toEqual([]);
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
    ["CLAIMGATE_REPORT_ONLY", "yes", "expected `true` or `false`"],
    ["CLAIMGATE_LOG_INPUTS", "hash", "expected `plain` or `hashed`"],
    ["CLAIMGATE_TOKEN_MEMO", "-1", "expected a whole number"],
    ["CLAIMGATE_API_DOMAINS", '{"https://x":""}', "is not a domain"],
  ])("is read before it is deployed: %s=%s", (variable, value, message) => {
    const [line, ...others] = check({ [variable]: value });
    expect(others).toEqual([]);
    expect(line).toContain(`serverless.yml:1:1: environment variable \`${variable}\``);
    expect(line).toContain(message);
    expect(line).toMatch(/ \[variable-value\]$/);
  });

  it.each([
    [
      "CLAIMGATE_REVOCATION_TABEL",
      "unknown environment variable `CLAIMGATE_REVOCATION_TABEL`; did you mean `CLAIMGATE_REVOCATION_TABLE`?",
    ],
    [
      "CLAIMGATE_DATABASE",
      "unknown environment variable `CLAIMGATE_DATABASE`; delete it, or choose another prefix than `CLAIMGATE_` for a variable of your own",
    ],
    [
      "CLAIMGATE_LOCAL_JWKS",
      "unknown environment variable `CLAIMGATE_LOCAL_JWKS`; delete it, or choose another prefix than `CLAIMGATE_` for a variable of your own",
    ],
    [
      "CLAIMGATE_WEBSOCKET_TOKEN",
      "environment variable `CLAIMGATE_WEBSOCKET_TOKEN` was renamed to `CLAIMGATE_TOKEN_PLACE`; rename it",
    ],
  ])("has no unknown variable of claimgate: %s", (variable, message) => {
    const line = `serverless.yml:1:1: ${message} [variable-unknown]`;
    expect(check({ [variable]: { Ref: "RevocationTable" } })).toEqual([line]);
    expect(check({}, { environment: { [variable]: "x" } })).toEqual([line]);
  });

  it("has no unknown variable that this stage alone leaves out", () => {
    const environment = {
      CLAIMGATE_REVOCATION_TABEL: { "Fn::If": ["Keeps", "list", { Ref: "AWS::NoValue" }] },
    };
    const resources = { Conditions: { Keeps: { "Fn::Equals": ["true", "false"] } } };
    const input = { functions: { http: { environment } }, provider: {}, resources };
    expect(environmentFindings(input, topOfFile)).toHaveLength(1);
  });

  it("is read together with the variables of all functions", () => {
    const further = '[{"userPoolId":"eu-west-1_old","appClients":{"old":"abc"},"poolAlias":"old"}]';
    const environment = { CLAIMGATE_ADDITIONAL_ISSUERS: further };
    expect(check({ CLAIMGATE_POOL_ALIAS: "main" }, { environment })).toEqual([]);
    expect(
      check({ CLAIMGATE_REPORT_ONLY: "false" }, { environment: { CLAIMGATE_REPORT_ONLY: "x" } }),
    ).toEqual([]);
  });

  it("has a finding once where functions share it, at the place where it is written", () => {
    const text = `provider:
  environment:
    CLAIMGATE_TOKEN_MEMO: lots
functions:
  http:
    environment: &authorizer
      CLAIMGATE_REVOCATION_TABEL: list
      CLAIMGATE_POOL_ALIAS: main
  rest:
    environment: *authorizer
`;
    const environment = { CLAIMGATE_REVOCATION_TABEL: "list", CLAIMGATE_POOL_ALIAS: "main" };
    const functions = { http: { environment }, rest: { environment } };
    const provider = { environment: { CLAIMGATE_TOKEN_MEMO: "lots" } };
    const { at } = servicePlaces("serverless.yml", text, () => undefined);
    expect(environmentFindings({ functions, provider, resources: {} }, at).map(printFinding)).toEqual([
      expect.stringMatching(/^serverless.yml:7:7: .*TABEL.* \[variable-unknown\]$/),
      expect.stringMatching(/^serverless.yml:3:5: .*MEMO.* \[variable-value\]$/),
    ]);
  });

  it("is read in full, apart from variables that may be any string", () => {
    const read = new Set<string>();
    const environment = new Proxy<Record<string, string>>(
      { CLAIMGATE_USER_POOL_ID: "us-east-1_claimgate", CLAIMGATE_APP_CLIENTS: '{"web":"web"}' },
      {
        get: (values, name) => {
          read.add(String(name));
          return values[String(name)];
        },
      },
    );
    for (const reader of READERS) reader(environment);
    expect([...VARIABLES].filter((name) => !read.has(name))).toEqual([
      "CLAIMGATE_CORS_ORIGINS",
      "CLAIMGATE_ORDERS_FILE",
      "CLAIMGATE_POLICY_VERSION",
      "CLAIMGATE_REVOCATION_TABLE",
    ]);
  });
});
