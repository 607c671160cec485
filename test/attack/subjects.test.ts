import type { Claims } from "../../src/tools/cognito/tokens/signing.ts";
import { dependencies, tokenOf } from "../support/authorization.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// The attacker has a good token and wants what `role:admin` may, by what the token says of them. Every gateway gets it.

const POLICY = policyFrom(`
g, group:admins, role:admin
p, role:admin, everything:do, allow
p, client:web, client:only, allow
p, scope:orders-api/all, scope:only, allow
g2, GET /orders/{orderId}, everything:do
g2, $connect, everything:do
g2, Query.orders, everything:do
g2, GET /client, client:only
g2, GET /scope, scope:only
`);

const answers = async (claims: Claims, route?: { readonly route: string; readonly path: string }) => {
  const found: string[] = [];
  for (const gateway of GATEWAYS_UNDER_TEST) {
    if (route !== undefined && !gateway.hasPaths) continue;
    const deps = dependencies({ policy: () => POLICY });
    const authorization = [`Bearer ${tokenOf("nobody", claims)}`];
    found.push(await gateway.ask(deps, { authorization, ...route }));
  }
  return [...new Set(found)].sort();
};

test("a member of the group is allowed everywhere: what follows is denied for its own reason", async () => {
  expect(await answers({ "cognito:groups": ["admins"] })).toEqual(["allowed"]);
});

describe("a name that is chosen to collide", () => {
  test.each<[string, Claims]>([
    ["a user name like a role", { username: "role:admin" }],
    ["a user name like a group", { username: "group:admins" }],
    ["a `sub` like a role", { sub: "role:admin" }],
    ["a `sub` like a group", { sub: "group:admins" }],
    ["a group like a role", { "cognito:groups": ["role:admin"] }],
    ["a group like the subject of the group", { "cognito:groups": ["group:admins"] }],
    ["a group in another case", { "cognito:groups": ["Admins", "ADMINS"] }],
    ["a group with a comma", { "cognito:groups": ["x,admins", "admins,x"] }],
    ["a group with quotes", { "cognito:groups": ['"admins"', "'admins'"] }],
    ["a group with dollars", { "cognito:groups": ["$$", "${admins}", "$admins"] }],
    ["a group with a star", { "cognito:groups": ["*", "admin*", "?dmins"] }],
    ["a group of another alphabet", { "cognito:groups": ["аdmins", "ａdmins"] }],
    ["a group of a provider", { "cognito:groups": ["us-east-1_LocalPool_Google", "Google_admins"] }],
    ["a group with the prefix of a pool", { "cognito:groups": ["main/admins", "/admins"] }],
    ["a `roles` claim", { roles: ["admin"], role: "admin", "custom:role": "admin" }],
    [
      "a claim that looks like the marker of a decision",
      { mode: "report-only", permission: "everything:do" },
    ],
    ["a scope like a role", { scope: "role:admin admins group:admins openid" }],
    ["the scope of an administrator's app", { scope: "aws.cognito.signin.user.admin" }],
    ["a hundred groups, none of them the one", { "cognito:groups": hundred("admin") }],
  ])("%s gives nothing", async (_what, claims) => {
    expect(await answers(claims)).toEqual(["denied"]);
  });

  test("a hundred groups, one of them the one, are allowed where the answer has room", async () => {
    const claims = { "cognito:groups": [...hundred("g").slice(1), "admins"] };
    expect(await answers(claims)).toEqual(["allowed"]);
  });

  test.each<[string, Claims]>([
    ["a group that is a list", { "cognito:groups": [["admins"]] }],
    ["groups that are a text", { "cognito:groups": "admins" }],
    ["groups that are a text of JSON", { "cognito:groups": '["admins"]' }],
    ["groups that are an object", { "cognito:groups": { 0: "admins", length: 1 } }],
    ["a group with a blank", { "cognito:groups": ["x admins"] }],
    ["a group with a line break", { "cognito:groups": ["x\ngroup:admins"] }],
    ["an empty group", { "cognito:groups": [""] }],
    ["a `sub` with a blank", { sub: "user group:admins" }],
    ["a `sub` that is a list", { sub: ["role:admin"] }],
    ["no `sub`", { sub: undefined }],
  ])("%s is not a token of ours", async (_what, claims) => {
    expect(await answers(claims)).toEqual(["denied", "unauthenticated"]);
  });
});

describe("a user's token", () => {
  test("has nothing of its app client", async () => {
    expect(await answers({}, { route: "GET /client", path: "/client" })).toEqual(["denied"]);
  });

  test("has nothing of its scopes", async () => {
    const claims = { scope: "orders-api/all" };
    expect(await answers(claims, { route: "GET /scope", path: "/scope" })).toEqual(["denied"]);
  });

  test("is not a machine's because the user name is missing", async () => {
    expect(await answers({ username: undefined })).toEqual(["denied", "unauthenticated"]);
  });
});

/** As many names, which Cognito allows a token to have, and AppSync and WebSocket APIs have room for. */
function hundred(name: string): readonly string[] {
  return Array.from({ length: 100 }, (_, index) => `${name}${index}`);
}
