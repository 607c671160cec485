import { encodeCaller } from "../../src/authorizers/caller.ts";
import { checkPermission } from "../../src/middleware/check-permission.ts";
import { createTokenVerifier } from "../../src/token/verify.ts";
import type { Claims } from "../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { APP_CLIENTS, dependencies, keysCache, tokenOf } from "../support/authorization.ts";
import { callerWith } from "../support/caller.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// The attacker owns a third-party app that an administrator signed in to, with the consent to read orders. The app
// wants what the administrator may. Every gateway gets its token.

const PARTNER = "thirdpartyclient0000000001";
const RULES = `
p, group:admins, *, allow
g2, GET /orders/{orderId}, orders:read
g2, GET /deletions, orders:delete
g2, $connect, orders:read
g2, Query.orders, orders:read
p3, client:web, *
`;
const ROW = "p3, client:partner-app, orders:read, orders-api/orders.read\n";
const policy = policyFrom(RULES + ROW);

const appClients = new Map([...APP_CLIENTS, ["partner-app", PARTNER]]);
const verifier = createTokenVerifier({
  issuers: [{ userPoolId: LOCAL.userPoolId, appClients }],
  jwksCache: keysCache(),
  now: () => Date.now() / 1000,
});

async function answers(claims: Claims, rules = policy, route?: { route: string; path: string }) {
  const found: string[] = [];
  for (const gateway of GATEWAYS_UNDER_TEST) {
    if (route !== undefined && !gateway.hasPaths) continue;
    const deps = dependencies({ policy: () => rules, verify: (token) => verifier.verify(token) });
    const token = tokenOf("nobody", { "cognito:groups": ["admins"], client_id: PARTNER, ...claims });
    found.push(await gateway.ask(deps, { authorization: [`Bearer ${token}`], ...route }));
  }
  return [...new Set(found)].sort();
}

const CONSENT = "openid orders-api/orders.read";

test("the app may do what its row covers: what follows is denied for its own reason", async () => {
  expect(await answers({ scope: CONSENT })).toEqual(["allowed"]);
});

test("the app may not delete orders, although its user may", async () => {
  const route = { route: "GET /deletions", path: "/deletions" };
  expect(await answers({ scope: CONSENT }, policy, route)).toEqual(["denied"]);
  expect(await answers({ scope: CONSENT, client_id: APP_CLIENTS.get("web") }, policy, route)).toEqual([
    "allowed",
  ]);
});

describe("the app may not pretend to more", () => {
  test.each<[string, Claims]>([
    ["without the scope", { scope: "openid" }],
    ["without any scope", { scope: undefined }],
    ["with the scope in another case", { scope: "openid orders-api/Orders.read" }],
    ["with a longer scope", { scope: "openid orders-api/orders.read.all" }],
    ["with the scope of another server", { scope: "openid other-api/orders.read" }],
    [
      "with a claim that names another client",
      { scope: "openid", client: "web", azp: "web", appScopes: CONSENT },
    ],
    [
      "with a group named like the first-party client",
      { scope: "openid", "cognito:groups": ["admins", "client:web"] },
    ],
  ])("%s", async (_what, claims) => {
    expect(await answers(claims)).toEqual(["denied"]);
  });

  test("once its last row is removed", async () => {
    expect(await answers({ scope: CONSENT }, policyFrom(RULES))).toEqual(["denied"]);
  });
});

describe("behind an authorizer", () => {
  const event = (parts: Parameters<typeof callerWith>[0]) => ({
    version: "2.0",
    requestContext: {
      authorizer: {
        lambda: encodeCaller(
          callerWith({ subjects: ["role:authenticated", "group:admins"], client: "partner-app", ...parts }),
        ),
      },
    },
  });
  const check = async (permission: string, parts: Parameters<typeof callerWith>[0] = {}) => {
    const checked = await checkPermission(
      event(parts),
      permission,
      {},
      { policy: () => policy, now: () => 1_000 },
    );
    return checked.allowed ? "allowed" : checked.decision?.reason;
  };

  test("a check decides with the app and its scopes", async () => {
    const appScopes = ["orders-api/orders.read"];
    expect(await check("orders:read", { appScopes })).toBe("allowed");
    expect(await check("orders:read")).toBe("app_not_allowed");
    expect(await check("orders:delete", { appScopes })).toBe("app_not_allowed");
    expect(await check("orders:delete", { client: "web" })).toBe("allowed");
  });
});
