import type { JsonObject } from "../../../../src/json.ts";
import { secretHashOf } from "../../../../src/tools/cognito/auth/secret-hash.ts";
import { CognitoError } from "../../../../src/tools/cognito/cognito-error.ts";
import { ALL_OPERATIONS } from "../../../../src/tools/cognito/operations/all-operations.ts";
import type { Pool } from "../../../../src/tools/cognito/pool.ts";
import type { UserPool } from "../../../../src/tools/cognito-server/user-pool.ts";
import { BrowserVisit } from "../../../support/browser-visit.ts";
import { repeated } from "../../../support/drawn.ts";
import { accessTokenOf, addUser, byPassword, call, PASSWORD } from "../../../support/pool-users.ts";
import { servedPool, testClient, testPool } from "../../../support/user-pool.ts";

/** What no request should have where a value belongs; some of it JSON can say only with an escape. */
const HOSTILE: readonly unknown[] = [
  null,
  0,
  1e300,
  true,
  [],
  [null],
  {},
  { Name: "__proto__", Value: "x" },
  [{ Name: "__proto__", Value: "x" }],
  [{ Name: "custom:x" }, { Name: 1 }, "x", null],
  JSON.parse('{"__proto__":{"Username":"ada@example.com"},"constructor":"x"}'),
  "",
  "__proto__",
  "constructor",
  "\u0000",
  "\ud800",
  "a\r\nset-cookie: x=y",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "e".repeat(200_000),
  'email ^= "',
  'sub = "\'" or 1=1',
];

const clients = [
  {
    ...testClient({
      CallbackURLs: ["http://localhost/cb"],
      AllowedOAuthFlows: ["code"],
      SupportedIdentityProviders: ["COGNITO", "Google"],
    }),
    scopes: ["openid"],
  },
];

/** A request that is right but for what a test puts into it. */
function usual(pool: Pool, accessToken: string): JsonObject {
  return {
    UserPoolId: pool.config.place.userPoolId,
    ClientId: clients[0]?.id,
    Username: "ada@example.com",
    AccessToken: accessToken,
    GroupName: "admins",
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "ada@example.com", PASSWORD },
    ChallengeName: "EMAIL_OTP",
    ChallengeResponses: { USERNAME: "ada@example.com" },
    Session: "session",
    ConfirmationCode: "000000",
    Code: "000000",
    AttributeName: "email",
    Password: PASSWORD,
    PreviousPassword: PASSWORD,
    ProposedPassword: PASSWORD,
    UserCode: "000000",
    RefreshToken: "token",
    Token: "token",
    UserAttributes: [{ Name: "email", Value: "ada@example.com" }],
  };
}

/** Members that are not in a usual request. */
const MORE = [
  "AttributesToGet",
  "ClientMetadata",
  "Description",
  "DestinationUser",
  "Filter",
  "ForceAliasCreation",
  "FriendlyDeviceName",
  "Limit",
  "MaxResults",
  "MessageAction",
  "NextToken",
  "PaginationToken",
  "Permanent",
  "Precedence",
  "RoleArn",
  "SecretHash",
  "SMSMfaSettings",
  "SoftwareTokenMfaSettings",
  "SourceUser",
  "TemporaryPassword",
  "UserAttributeNames",
  "ValidationData",
];

/** Other values for other members, so that a quick run has each value somewhere. */
function someOf<T>(values: readonly T[], seed: number): readonly T[] {
  const count = repeated(values.length, 4);
  return values.filter((_, index) => (index + seed * 5) % values.length < count);
}

test.each(Object.keys(ALL_OPERATIONS))(
  "%s refuses every hostile value by one of AWS's errors",
  async (name) => {
    const run = ALL_OPERATIONS[name];
    const pool = testPool({ config: { clients, groups: [] } });
    addUser(pool, "ada@example.com");
    const accessToken = accessTokenOf(await call(pool, "InitiateAuth", byPassword("ada@example.com")));
    const request = usual(pool, accessToken);
    const failures: string[] = [];
    for (const member of [...Object.keys(request), ...MORE]) {
      for (const value of someOf(HOSTILE, name.length + member.length)) {
        try {
          JSON.stringify(await run?.(pool, { ...request, [member]: value }));
        } catch (error) {
          if (!(error instanceof CognitoError))
            failures.push(`${member}=${JSON.stringify(value)}: ${String(error)}`);
        }
      }
    }
    expect(failures).toEqual([]);
    expect(({} as Record<string, unknown>)["Username"]).toBeUndefined();
  },
);

test("a secret hash of a hostile name is computed as of any other", () => {
  expect(secretHashOf("client", "secret", "\ud800\u0000")).toMatch(/^[\w+/]{43}=$/);
});

describe("the endpoints and pages", () => {
  let served: UserPool;

  beforeAll(async () => {
    const providers = [{ name: "Google", type: "Google", attributeMapping: { email: "email" } }];
    served = await servedPool({ config: { clients, providers } });
    addUser(served.pool, "ada@example.com");
  });

  afterAll(() => served.stop());

  const TEXTS = HOSTILE.filter((value): value is string => typeof value === "string" && value.length < 5_000);
  const query = { client_id: "webclient", redirect_uri: "http://localhost/cb", response_type: "code" };
  const PARAMETERS = [
    ...Object.keys(query),
    "scope",
    "state",
    "nonce",
    "prompt",
    "login_hint",
    "code_challenge",
    "identity_provider",
    "code",
    "logout_uri",
    "error",
    "user_name",
    "username",
    "to",
  ];
  const GETS = [
    "/oauth2/authorize",
    "/login",
    "/confirmUser",
    "/error",
    "/logout",
    "/oauth2/idp",
    "/oauth2/idpresponse",
    "/_provider",
  ];

  test.each(GETS)(
    "GET %s answers hostile parameters without a failure, a header or a script of theirs",
    async (path) => {
      for (const [index, parameter] of PARAMETERS.entries()) {
        for (const text of someOf(TEXTS, path.length + index)) {
          const parameters = new URLSearchParams({ ...query, [parameter]: text });
          const response = await fetch(`${served.url}${path}?${parameters}`, { redirect: "manual" });
          const body = await response.text();
          expect({ parameter, text, failed: response.status >= 500 }).toEqual({
            parameter,
            text,
            failed: false,
          });
          expect(response.headers.getSetCookie().join()).not.toContain("x=y");
          expect(response.headers.get("location") ?? "/").toMatch(/^(?:\/(?!\/)|http:\/\/localhost\/cb)/);
          if (response.headers.get("content-type")?.startsWith("text/html") === true) {
            expect(body).not.toContain("<script");
          }
        }
      }
    },
  );

  test.each(["/login", "/signup", "/challenge", "/confirmForgotPassword"])(
    "POST %s answers hostile fields without a failure or a script of theirs",
    async (path) => {
      const browser = new BrowserVisit(served.url);
      const page = await (await browser.get(`/login?${new URLSearchParams(query)}`)).text();
      const form = page.replace("/login?", `${path}?`);
      for (const name of [
        "username",
        "password",
        "code",
        "challenge",
        "session",
        "required",
        "choices",
        "destination",
        "secret",
        "factor",
        "again",
        "attribute.__proto__",
        "attribute.email",
        "userAttributes.__proto__",
      ]) {
        for (const text of someOf(TEXTS, path.length + name.length)) {
          const fields = {
            username: "ada@example.com",
            password: "x",
            code: "1",
            challenge: "EMAIL_OTP",
            [name]: text,
          };
          const response = await browser.send(form, fields);
          expect({ name, text, failed: response.status >= 500 }).toEqual({ name, text, failed: false });
          expect(await response.text()).not.toContain("<script");
        }
      }
    },
  );
});
