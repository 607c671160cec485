import { createAppSyncAuthorizer } from "../../src/authorizers/appsync.ts";
import { createHttpAuthorizer } from "../../src/authorizers/http.ts";
import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import type { AuthorizerDependencies } from "../../src/authorizers/run-authorizer.ts";
import { jwksCacheFrom } from "../../src/token/custom-keys.ts";
import { STOP_KEY, type StoppedPermission } from "../../src/token/emergency-stop.ts";
import { createMemoryRevocations, createRevocationCheck, revocationKey } from "../../src/token/revocation.ts";
import { createTokenMemo } from "../../src/token/token-memo.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import {
  appSyncEvent,
  dependencies,
  httpEvent,
  jwksBytes,
  keysCache,
  localVerifier,
  nowSeconds,
  POOL_KEY,
  restEvent,
  stoppedVerifier,
  tokenOf,
} from "../support/authorization.ts";
import { answerOf } from "../support/gateways/answer.ts";
import { authorizersOf, GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// An operator stopped something. The attacker holds an administrator's token, or a machine's that may do everything,
// and finds a stage that only reports. Every gateway is asked, with every setting that it has.

const RULES = `
p, group:admins, *, allow
p, client:reporting, *, allow
g2, GET /orders/{orderId}, orders:read
g2, $connect, orders:read
g2, Query.orders, orders:read
`;
const policy = () => policyFrom(RULES);
const POLICY = policy();
const ADMIN = () => tokenOf("nobody", { "cognito:groups": ["admins"] });

type Changes = Partial<AuthorizerDependencies>;

const stopping = (...names: readonly string[]): Changes => ({
  policy: () => POLICY,
  verify: stoppedVerifier(names.map((permission): StoppedPermission => ({ permission }))),
});

/** What all gateways answer, with every setting that they have, each answer once. */
async function answers(
  changes: Changes,
  token = ADMIN(),
  gateways = GATEWAYS_UNDER_TEST,
): Promise<readonly string[]> {
  const found = await Promise.all(
    gateways.flatMap((gateway) =>
      authorizersOf(gateway).map((create) =>
        answerOf(create(dependencies(changes))(gateway.eventOf({ authorization: [`Bearer ${token}`] }))),
      ),
    ),
  );
  return [...new Set(found)].sort();
}

const TOKENS: readonly (readonly [string, () => string])[] = [
  ["an administrator", ADMIN],
  ["a machine that may do everything", () => tokenOf("reporting")],
];

test("both tokens open everything where nothing is stopped: what follows is denied for its own reason", async () => {
  for (const [, token] of TOKENS)
    expect(await answers({ policy: () => POLICY }, token())).toEqual(["allowed"]);
});

describe.each(TOKENS)("a stop denies %s", (_who, token) => {
  test.each([["*"], ["orders:read"], ["orders:*"], ["*:read"]])("by `%s`", async (pattern) => {
    expect(await answers(stopping(pattern), token())).toEqual(["denied"]);
  });

  test("on a stage that only reports", async () => {
    expect(await answers({ ...stopping("*"), reportOnly: true }, token())).toEqual(["denied"]);
    // AppSync allows the fields that are not declared: what it denies is asked below.
    const others = GATEWAYS_UNDER_TEST.filter(({ name }) => name !== "appsync");
    expect(await answers({ ...stopping("orders:read"), reportOnly: true }, token(), others)).toEqual([
      "denied",
    ]);
  });
});

test.each([["orders:write"], ["users:*"], ["*:delete"], ["orders:read2"]])(
  "a stop of `%s` denies nothing else",
  async (pattern) => {
    expect(await answers(stopping(pattern))).toEqual(["allowed"]);
  },
);

test("a stop of nothing, which the last resumed permission leaves behind, denies nothing", async () => {
  expect(await answers(stopping())).toEqual(["allowed"]);
});

describe("a stop that cannot be read denies everything", () => {
  test.each([["order read"], ["orders"], ["*:*"], ["orders:*:*"], [""], ["orders:read "]])(
    "since `%s` is not a permission",
    async (name) => {
      expect(await answers(stopping("users:delete", name))).toEqual(["denied"]);
    },
  );

  test("since it names none", async () => {
    expect(await answers({ policy: () => POLICY, verify: stoppedVerifier(undefined) })).toEqual(["denied"]);
  });
});

test("a stop of one permission of a route denies it, though another permission would open it", async () => {
  const both = policyFrom(
    `${RULES}g2, GET /orders/{orderId}, support:read\ng2, $connect, support:read\ng2, Query.orders, support:read\n`,
  );
  expect(await answers({ ...stopping("support:read"), policy: () => both })).toEqual(["denied"]);
});

test("a stop changes nothing of a bad token: 401 where the gateway can say it", async () => {
  expect(await answers(stopping("*"), "x.y.z")).toEqual(["denied", "unauthenticated"]);
  const expired = tokenOf("ada", { iat: nowSeconds() - 7200, exp: nowSeconds() - 3600 });
  const deps = dependencies(stopping("*"));
  const headers = { authorization: `Bearer ${expired}` };
  expect(await answerOf(createRestAuthorizer(deps)(restEvent({ headers })))).toBe("unauthenticated");
});

test("a stop takes effect on a remembered token with the next request, and so does its end", async () => {
  const bytes = jwksBytes([POOL_KEY]);
  const keys = jwksCacheFrom(() => Promise.resolve(bytes));
  const verifier = localVerifier(keys);
  const remembered = createTokenMemo({
    verify: (token) => verifier.verify(token),
    keys: { generation: 1 },
    entries: 10,
    now: nowSeconds,
  });
  const revocations = createMemoryRevocations();
  const verify = createRevocationCheck({
    verify: remembered,
    revocations,
    onFailure: "closed",
    unchecked: () => undefined,
  });
  const token = ADMIN();
  const changes = { policy: () => POLICY, verify };
  const put = (...names: readonly string[]) => {
    const stopped = names.map((permission) => ({ permission }));
    revocations.add({ key: STOP_KEY, before: undefined, stopped });
  };
  expect(await answers(changes, token)).toEqual(["allowed"]);
  put("*");
  expect(await answers(changes, token)).toEqual(["denied"]);
  put();
  expect(await answers(changes, token)).toEqual(["allowed"]);
});

test("a revoked token stays a bad token while everything is stopped", async () => {
  const verifier = localVerifier(keysCache());
  const token = ADMIN();
  const { sub } = await verifier.verify(token);
  const revocations = createMemoryRevocations([
    { key: STOP_KEY, before: undefined, stopped: [{ permission: "*" }] },
    { key: revocationKey({ by: "sub", userPoolId: LOCAL.userPoolId, sub }), before: undefined },
  ]);
  const verify = createRevocationCheck({
    verify: (jwt) => verifier.verify(jwt),
    revocations,
    onFailure: "closed",
    unchecked: () => undefined,
  });
  expect(await answers({ policy: () => POLICY, verify }, token)).toEqual(["denied", "unauthenticated"]);
});

describe("on a stage that only reports, a stop of something else still denies a request whose route is uncertain", () => {
  const bearer = { authorization: `Bearer ${ADMIN()}` };
  test.each([
    ["a path with two readings", httpEvent({ rawPath: "/orders//", headers: bearer })],
    [
      "a header that names another method",
      httpEvent({ headers: { ...bearer, "x-http-method-override": "DELETE" } }),
    ],
  ])("by %s", async (_what, event) => {
    const before = dependencies({ policy: () => POLICY, reportOnly: true });
    expect(await answerOf(createHttpAuthorizer(before)(event))).toBe("allowed");
    const deps = dependencies({ ...stopping("users:delete"), reportOnly: true });
    expect(await answerOf(createHttpAuthorizer(deps)(event))).toBe("denied");
    expect(deps.records).toMatchObject([{ decided: { by: "refusal", enforced: true } }]);
  });

  test("also in an answer for the whole API", async () => {
    const event = restEvent({ headers: { ...bearer, "x-http-method-override": "DELETE" } });
    const denied = async (changes: Changes) => {
      const deps = dependencies({ ...changes, reportOnly: true });
      const { policyDocument } = await createRestAuthorizer(deps, { wholeApi: true })(event);
      return policyDocument.Statement.flatMap(({ Effect, Resource }) => (Effect === "Deny" ? Resource : []));
    };
    expect(await denied({ policy: () => POLICY })).toEqual([]);
    expect(await denied(stopping("users:delete"))).toEqual([
      expect.stringMatching(/\/GET\/orders\/order-1$/),
    ]);
  });
});

describe("a stop in an answer that a gateway may keep", () => {
  const FIELDS = policyFrom(`${RULES}g2, Mutation.refund, orders:refund\ng2, POST /refunds, orders:refund\n`);

  test("denies exactly the stopped routes of a REST API, and the request at hand if everything is stopped", async () => {
    const event = restEvent({ headers: { authorization: `Bearer ${ADMIN()}` } });
    const said = async (...names: readonly string[]) => {
      const deps = dependencies({ ...stopping(...names), policy: () => FIELDS });
      const { policyDocument } = await createRestAuthorizer(deps, { wholeApi: true })(event);
      return policyDocument.Statement.map(({ Effect, Resource }) => [
        Effect,
        Resource.map((resource) => resource.replace(/^.*\/dev\//, "")),
      ]);
    };
    expect(await said("orders:refund")).toEqual([
      ["Allow", ["GET/orders/*", "HEAD/orders/*"]],
      ["Deny", ["POST/refunds"]],
    ]);
    expect(await said("*")).toEqual([
      ["Deny", ["GET/orders/*", "HEAD/orders/*", "POST/refunds", "GET/orders/order-1"]],
    ]);
  });

  test("denies the stopped fields of AppSync, which keeps no answer meanwhile", async () => {
    const ask = (changes: Changes) =>
      createAppSyncAuthorizer(dependencies({ ...changes, policy: () => FIELDS }), {
        ttl: 300,
        now: nowSeconds,
      })(appSyncEvent(ADMIN()));
    const expected = { isAuthorized: true, deniedFields: ["Mutation.refund"], ttlOverride: 0 };
    expect(await ask(stopping("orders:refund"))).toMatchObject(expected);
    expect(await ask({ ...stopping("orders:refund"), reportOnly: true })).toMatchObject(expected);
    expect(await ask({})).toMatchObject({ deniedFields: [], ttlOverride: 300 });
  });

  test("denies fields that the policy does not declare, if everything is stopped", async () => {
    const deps = dependencies({ ...stopping("*"), policy: () => FIELDS, reportOnly: true });
    expect(await createAppSyncAuthorizer(deps, { ttl: 300, now: nowSeconds })(appSyncEvent(ADMIN()))).toEqual(
      {
        isAuthorized: false,
        ttlOverride: 0,
      },
    );
  });
});
