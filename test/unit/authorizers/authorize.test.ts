import { authorize, type GatewayRequest } from "../../../src/authorizers/authorize.ts";
import { encodeCaller, readCaller } from "../../../src/authorizers/caller.ts";
import { ClaimgateError } from "../../../src/errors.ts";
import { readBearerToken } from "../../../src/token/bearer.ts";
import { claimsOf, dependencies, tokenOf } from "../../support/authorization.ts";
import { policyFrom, samplePolicy } from "../../support/policy.ts";

const request = (token: string, changes: Partial<GatewayRequest> = {}): GatewayRequest => ({
  requestId: "request-1",
  token: () => readBearerToken([`Bearer ${token}`]),
  matched: { method: "GET", template: "/orders", path: "/orders", encoding: "decoded", parameters: {} },
  obstacle: undefined,
  ...changes,
});

const run = (deps: ReturnType<typeof dependencies>, asked: GatewayRequest) =>
  authorize(deps, "http", () => asked);

const silent = () => {
  throw new Error("no log");
};

describe("who a token identifies", () => {
  test("a user's client and scopes grant nothing: they say nothing about the user", async () => {
    const policy = policyFrom(
      "g2, GET /orders, orders:list\np, client:web, orders:list, allow\np, scope:openid, orders:list, allow\n",
    );
    const deps = dependencies({ policy: () => policy });
    expect(await run(deps, request(tokenOf("alice")))).toEqual({
      kind: "deny",
      sub: claimsOf("alice")["sub"],
    });
  });

  test("a machine's client and scopes do grant, its groups do not", async () => {
    const rows = (subject: string) =>
      policyFrom(`g2, GET /orders, orders:list\np, ${subject}, orders:list, allow\n`);
    const ask = async (subject: string) => {
      const policy = rows(subject);
      const token = tokenOf("reporting", { "cognito:groups": ["admins"] });
      return (await run(dependencies({ policy: () => policy }), request(token))).kind;
    };
    expect(await ask("client:reporting")).toBe("allow");
    expect(await ask("scope:orders-api/reports.read")).toBe("allow");
    expect(await ask("role:machine")).toBe("allow");
    expect(await ask("role:authenticated")).toBe("deny");
    expect(await ask("group:admins")).toBe("deny");
  });

  test("a group named like a role is a group", async () => {
    const policy = policyFrom("g2, GET /orders, orders:list\np, role:admin, orders:list, allow\n");
    const token = tokenOf("nobody", { "cognito:groups": ["role:admin", "admin"], roles: ["admin"] });
    expect((await run(dependencies({ policy: () => policy }), request(token))).kind).toBe("deny");
  });
});

describe("what is recorded", () => {
  test("a decision, once, with the route and without the token", async () => {
    const deps = dependencies();
    const token = tokenOf("sam");
    expect((await run(deps, request(token))).kind).toBe("allow");
    expect(deps.records).toHaveLength(1);
    expect(deps.records[0]).toMatchObject({
      kind: "decided",
      gateway: "http",
      requestId: "request-1",
      decided: { by: "policy", route: "GET /orders", decision: { effect: "allow" } },
    });
    expect(JSON.stringify(deps.records)).not.toContain(token);
  });

  test("a refused token, by its code", async () => {
    const deps = dependencies();
    expect(await run(deps, request("x.y.z"))).toEqual({ kind: "unauthenticated" });
    expect(deps.records).toMatchObject([{ kind: "token-refused", code: "token_malformed" }]);
  });

  test("a failure, with its error", async () => {
    const error = new ClaimgateError("policy_engine_disagrees", "x");
    const deps = dependencies({
      policy: () => {
        throw error;
      },
    });
    expect(await run(deps, request(tokenOf("sam")))).toEqual({ kind: "failed" });
    expect(deps.records).toMatchObject([{ kind: "failed", error }]);
  });

  test("an event that cannot be read, without a route", async () => {
    const deps = dependencies();
    const outcome = await authorize(deps, "rest-request", () => {
      throw new ClaimgateError("request_malformed", "x");
    });
    expect(outcome).toEqual({ kind: "failed" });
    expect(deps.records).toMatchObject([{ kind: "failed", requestId: undefined, matched: undefined }]);
  });

  test("a path that is not canonical, as a deny with its code", async () => {
    const deps = dependencies();
    const matched = { ...request("").matched, path: "/orders//" };
    expect((await run(deps, request(tokenOf("sam"), { matched }))).kind).toBe("deny");
    expect(deps.records).toMatchObject([
      { kind: "decided", decided: { by: "refusal", error: { code: "request_not_canonical" } } },
    ]);
  });
});

describe("a decision log that fails", () => {
  test("takes an allow back: nothing is granted unseen", async () => {
    const deps = dependencies({ record: silent });
    expect(await run(deps, request(tokenOf("sam")))).toEqual({ kind: "failed" });
  });

  test("leaves a deny and a refused token as they are", async () => {
    const deps = dependencies({ record: silent });
    expect((await run(deps, request(tokenOf("alice")))).kind).toBe("deny");
    expect(await run(deps, request("x.y.z"))).toEqual({ kind: "unauthenticated" });
  });
});

test("a bad token is refused before anything is said of the path", async () => {
  const obstacle = new ClaimgateError("request_not_canonical", "x");
  expect(await run(dependencies(), request("x.y.z", { obstacle }))).toEqual({ kind: "unauthenticated" });
});

test("a verifier that throws something unknown neither allows nor refuses the token", async () => {
  const deps = dependencies({ verify: () => Promise.reject(new TypeError("x")) });
  expect(await run(deps, request(tokenOf("sam")))).toEqual({ kind: "failed" });
});

const ownOrders = {
  method: "GET",
  template: "/users/{userId}/orders",
  path: "/users/somebody-else/orders",
  encoding: "decoded",
  parameters: { userId: "somebody-else" },
} as const;

test.each([
  // casbin would allow what no row grants, and deny what a row grants.
  ["alice", "some(where (p.eft == allow)) && !some(where (p.eft == deny))", "!some(where (p.eft == deny))"],
  ["sam", "p.permission,", '"nothing",'],
])("an engine that contradicts the rows is a failure, whatever it says: %s", async (name, was, is) => {
  const policy = samplePolicy();
  const deps = dependencies({ policy: () => ({ ...policy, model: policy.model.replaceAll(was, is) }) });
  expect(await run(deps, request(tokenOf(name), { matched: ownOrders }))).toEqual({ kind: "failed" });
  expect(deps.records).toMatchObject([{ kind: "failed", error: { code: "policy_engine_disagrees" } }]);
});

describe("an authorizer that only reports", () => {
  const reporting = (changes: Parameters<typeof dependencies>[0] = {}) =>
    dependencies({ reportOnly: true, ...changes });

  test("lets through what it would deny, names no permission, and records the decision as it is", async () => {
    const deps = reporting();
    const outcome = await run(deps, request(tokenOf("nobody")));
    expect(outcome).toMatchObject({
      kind: "allow",
      caller: {
        kind: "user",
        sub: claimsOf("nobody")["sub"],
        mode: "report-only",
        permission: undefined,
        determining: undefined,
      },
    });
    expect(deps.records).toMatchObject([
      { kind: "decided", reportOnly: true, decided: { decision: { effect: "deny" } } },
    ]);
  });

  test("changes nothing for what is allowed", async () => {
    const token = tokenOf("sam");
    expect(await run(reporting(), request(token))).toEqual(await run(dependencies(), request(token)));
  });

  test("lets a request through that is not canonical, unless no answer could name it", async () => {
    const matched = { ...request("").matched, path: "/orders//" };
    expect(await run(reporting(), request(tokenOf("sam"), { matched }))).toMatchObject({ kind: "allow" });
    const unanswerable = new ClaimgateError("request_arn_too_long", "x");
    expect(await run(reporting(), request(tokenOf("sam"), { unanswerable }))).toMatchObject({ kind: "deny" });
  });

  test("lets nothing through that it cannot record", async () => {
    expect(await run(reporting({ record: silent }), request(tokenOf("nobody")))).toEqual({ kind: "failed" });
  });

  test("tells the backend that nothing was decided that counts: its context names a mode and no permission", async () => {
    const outcome = await run(reporting(), request(tokenOf("nobody")));
    if (outcome.kind !== "allow") throw new Error(outcome.kind);
    const lambda = encodeCaller(outcome.caller);
    expect(lambda).toMatchObject({ mode: "report-only", permission: "", determining: "" });
    const read = readCaller({ version: "2.0", requestContext: { authorizer: { lambda } } });
    expect(read).toMatchObject({ mode: "report-only", permission: undefined });
    const forged = { ...lambda, mode: "request" };
    expect(
      readCaller({ version: "2.0", requestContext: { authorizer: { lambda: forged } } }),
    ).toBeUndefined();
  });
});
