import { createAppSyncAuthorizer, MAX_APPSYNC_TOKEN } from "../../../src/authorizers/appsync.ts";
import { readCaller } from "../../../src/authorizers/caller.ts";
import { UndecidedError } from "../../../src/authorizers/undecided.ts";
import { ClaimgateError } from "../../../src/errors.ts";
import { appSyncEvent, dependencies, nowSeconds, tokenOf } from "../../support/authorization.ts";
import { policyFrom } from "../../support/policy.ts";

const POLICY = policyFrom(`
p, group:customers, orders:read, allow
p, group:customers, orders:own, allow, {userId}=sub
p, group:admins, *, allow
g2, Query.orders, orders:read
g2, Query.myOrders, orders:own
g2, GET /users/{userId}/orders, orders:own
g2, Mutation.deleteOrder, orders:delete
g2, Subscription.orderPlaced, orders:read
g2, GET /orders, orders:read
`);

const ask = (token: string | undefined, changes: Parameters<typeof dependencies>[0] = {}, ttl = 0) =>
  createAppSyncAuthorizer(dependencies({ policy: () => POLICY, ...changes }), {
    ttl,
    now: () => nowSeconds(),
  })(appSyncEvent(token));

describe("the authorizer of an AppSync API", () => {
  it("denies every declared field that is not granted, whatever the operation asks for", async () => {
    expect(await ask(tokenOf("alice"))).toMatchObject({
      isAuthorized: true,
      deniedFields: ["Mutation.deleteOrder", "Query.myOrders"],
      ttlOverride: 0,
    });
  });

  it("denies nothing to a caller with every permission", async () => {
    expect(await ask(tokenOf("ada"))).toMatchObject({ isAuthorized: true, deniedFields: [] });
  });

  it("keeps no answer of a policy that compares the age of sign-ins", async () => {
    const policy = policyFrom(`
p, group:customers, orders:read, allow
p, group:customers, orders:delete, allow, max_age=300
g2, Query.orders, orders:read
g2, Mutation.deleteOrder, orders:delete
`);
    const signedIn = (ago: number) =>
      ask(tokenOf("alice", { auth_time: nowSeconds() - ago }), { policy: () => policy }, 300);
    expect(await signedIn(5)).toMatchObject({ deniedFields: [], ttlOverride: 0 });
    expect(await signedIn(400)).toMatchObject({ deniedFields: ["Mutation.deleteOrder"], ttlOverride: 0 });
  });

  it("refuses a caller without permissions", async () => {
    expect(await ask(tokenOf("nobody"))).toEqual({ isAuthorized: false, ttlOverride: 0 });
  });

  it.each([undefined, "", "x.y.z", "Basic x", "Bearer x.y.z"])("refuses the token %j", async (token) => {
    expect(await ask(token)).toEqual({ isAuthorized: false, ttlOverride: 0 });
  });

  it("takes the token with `Bearer` and without", async () => {
    expect(await ask(`Bearer ${tokenOf("ada")}`)).toMatchObject({ isAuthorized: true });
    expect(await ask(tokenOf("ada"))).toMatchObject({ isAuthorized: true });
  });

  describe("of an API that also has a Cognito or OIDC mode", () => {
    const withScheme = (token: string) =>
      createAppSyncAuthorizer(dependencies({ policy: () => POLICY }), {
        ttl: 0,
        now: nowSeconds,
        scheme: "Token",
      })(appSyncEvent(token));

    it.each(["Token", "token", "TOKEN "])(
      "takes the token after the configured scheme: `%s`",
      async (scheme) => {
        expect(await withScheme(`${scheme} ${tokenOf("ada")}`)).toMatchObject({ isAuthorized: true });
      },
    );

    it.each(["", "Bearer ", "Token", "Token\t", " Token ", "TokenToken ", "Token Bearer ", "Token Token "])(
      "takes it after nothing else: `%s`",
      async (before) => {
        expect(await withScheme(`${before}${tokenOf("ada")}`)).toMatchObject({ isAuthorized: false });
      },
    );
  });

  it("refuses a token that AppSync would refuse, and says why in the log", async () => {
    const deps = dependencies({ policy: () => POLICY });
    const token = tokenOf("ada", { padding: "x".repeat(MAX_APPSYNC_TOKEN) });
    const options = { ttl: 0, now: () => nowSeconds() };
    expect(await createAppSyncAuthorizer(deps, options)(appSyncEvent(token))).toMatchObject({
      isAuthorized: false,
    });
    expect(deps.records).toMatchObject([{ kind: "token-refused", code: "token_too_large" }]);
  });

  it("lets an answer be kept no longer than the token lives", async () => {
    expect(await ask(tokenOf("ada"), {}, 3_600)).toHaveProperty("ttlOverride", expect.any(Number));
    const soon = tokenOf("ada", { exp: nowSeconds() + 20 });
    const answer = await ask(soon, {}, 3_600);
    expect(answer.ttlOverride).toBeGreaterThan(0);
    expect(answer.ttlOverride).toBeLessThanOrEqual(20);
    expect((await ask(tokenOf("ada"), {}, 5)).ttlOverride).toBe(5);
  });

  it("tells the resolver who calls", async () => {
    const answer = await ask(tokenOf("alice"));
    if (!answer.isAuthorized) throw new Error("refused");
    expect(readCaller({ identity: { resolverContext: answer.resolverContext } })).toMatchObject({
      kind: "user",
      groups: ["customers"],
      mode: "whole-api",
    });
  });

  it("throws where nothing could be decided", async () => {
    const verify = () => Promise.reject(new ClaimgateError("keys_unavailable", "x"));
    await expect(ask(tokenOf("ada"), { verify })).rejects.toEqual(new UndecidedError());
  });

  it("cannot decide an event of another shape", async () => {
    const authorizer = createAppSyncAuthorizer(dependencies(), { ttl: 0, now: nowSeconds });
    await expect(authorizer({ authorizationToken: "x" })).rejects.toEqual(new UndecidedError());
  });
});
