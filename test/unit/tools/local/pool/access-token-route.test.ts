import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import { LOCAL } from "../../../../../src/tools/local/identifiers.ts";
import { accessTokenRoute } from "../../../../../src/tools/local/pool/access-token-route.ts";
import type { PoolEvent } from "../../../../../src/tools/local/pool/pool-event.ts";
import type { WebAnswer } from "../../../../../src/tools/managed-login/route.ts";
import { addUser, claimsOf, PASSWORD } from "../../../../support/pool-users.ts";
import { type TestPoolOptions, testClient, testPool } from "../../../../support/user-pool.ts";

/** Only SRP is allowed, as for the web client of the service. */
const web = {
  ...testClient({ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] }),
  id: LOCAL.appClients.web,
};

let events: PoolEvent[];

beforeEach(() => {
  events = [];
});

const pool = ({ config, ...options }: TestPoolOptions = {}) =>
  testPool({ ...options, config: { clients: [web], ...config } });

const basic = (name: string, password: string) =>
  `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;

function ask(of: Pool, authorization?: string): Promise<WebAnswer> {
  const route = accessTokenRoute((event) => events.push(event));
  const url = new URL("http://127.0.0.1/_access-token");
  const headers = authorization === undefined ? {} : { authorization };
  return route(of, { method: "GET", url, headers, cookies: new Map(), body: "" });
}

test("a name and a password are an access token, and the call is told without the password", async () => {
  const own = pool();
  addUser(own, "ada@example.com");

  const { status, body } = await ask(own, basic("ada@example.com", PASSWORD));

  expect(status).toBe(200);
  expect(claimsOf(body)).toMatchObject({ token_use: "access", client_id: web.id });
  expect(events).toEqual([
    {
      operation: "InitiateAuth",
      username: "ada@example.com",
      challenge: undefined,
      status: 200,
      accessToken: body,
      error: undefined,
    },
  ]);
});

test.each([
  ["a wrong password", basic("ada@example.com", "wrong"), {}, "NotAuthorizedException"],
  ["nobody", basic("nobody@example.com", PASSWORD), {}, "NotAuthorizedException"],
  ["no header", undefined, {}, "NotAuthorizedException"],
  ["a header that is not Basic", "Bearer x", {}, "NotAuthorizedException"],
  ["a disabled user", basic("ada@example.com", PASSWORD), { enabled: false }, "NotAuthorizedException"],
  [
    "an unconfirmed user",
    basic("ada@example.com", PASSWORD),
    { status: "UNCONFIRMED" as const },
    "UserNotConfirmedException",
  ],
  [
    "a temporary password",
    basic("ada@example.com", PASSWORD),
    { status: "FORCE_CHANGE_PASSWORD" as const },
    "NotAuthorizedException",
  ],
])("%s gets none", async (_case, authorization, changes, error) => {
  const own = pool({ config: { clients: [{ ...web, preventUserExistenceErrors: true }] } });
  addUser(own, "ada@example.com", changes);

  const { status, body } = await ask(own, authorization);

  expect({ status, error: (JSON.parse(body) as { __type: string }).__type }).toEqual({ status: 401, error });
  expect(events).toMatchObject([{ status: 400, error, accessToken: undefined }]);
});

test("a user with a second factor is not let in by the password alone", async () => {
  const own = pool({ config: { mfa: { mode: "ON", methods: ["EMAIL_OTP"] } } });
  addUser(own, "ada@example.com");

  const { status, body } = await ask(own, basic("ada@example.com", PASSWORD));

  expect(status).toBe(401);
  expect(body).toContain("The user has to answer EMAIL_OTP first");
});

test("the triggers of a sign-in run, and refuse it", async () => {
  const own = pool({
    triggers: {
      PreAuthentication: () => {
        throw new Error("Not today");
      },
    },
  });
  addUser(own, "ada@example.com");

  const { status, body } = await ask(own, basic("ada@example.com", PASSWORD));

  expect(status).toBe(401);
  expect(body).toContain("PreAuthentication failed with error Not today.");
});
