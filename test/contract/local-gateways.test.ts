import { createHttpAuthorizer } from "../../src/authorizers/http.ts";
import { createHttpPolicyAuthorizer } from "../../src/authorizers/http-policy.ts";
import { createHttpV1Authorizer } from "../../src/authorizers/http-v1.ts";
import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import { createRestTokenAuthorizer } from "../../src/authorizers/rest-token.ts";
import { ClaimgateError } from "../../src/errors.ts";
import { dependencies, tokenOf } from "../support/authorization.ts";
import { httpApi, LocalApis, restApi, running } from "../support/local-apis.ts";

// The real authorizers behind the gateways of the local stack: what a client gets.

const ROUTE = ["!GET /orders/{orderId}"];
const POLICY = { EnableSimpleResponses: false };
const V1 = { ...POLICY, AuthorizerPayloadFormatVersion: "1.0" };
const THROWING = { throwUnauthorized: true };
const COOKIE_ROUTES = [...ROUTE, "!DELETE /orders/{orderId}"];
const NO_SOURCE = { IdentitySource: undefined };

const GATEWAYS = [
  { name: "HTTP API, simple", create: createHttpAuthorizer, api: () => httpApi(ROUTE) },
  { name: "HTTP API, policy", create: createHttpPolicyAuthorizer, api: () => httpApi(ROUTE, POLICY) },
  { name: "HTTP API, payload 1.0", create: createHttpV1Authorizer, api: () => httpApi(ROUTE, V1) },
  { name: "REST API, REQUEST", create: createRestAuthorizer, api: () => restApi() },
  { name: "REST API, TOKEN", create: createRestTokenAuthorizer, api: () => restApi({ Type: "TOKEN" }) },
] as const;

describe.each(GATEWAYS)("$name", ({ name, create, api }) => {
  const isRest = name.startsWith("REST");
  const line = isRest ? "GET /dev/orders/order-1" : "GET /orders/order-1";
  const status = async (token: string, options = {}, deps = dependencies()) =>
    (await new LocalApis(api(), running(create(deps, options))).with(`Bearer ${token}`, line)).status;

  test("200 for who may, 403 for who may not, 401 without a token", async () => {
    expect(await status(tokenOf("alice"))).toBe(200);
    expect(await status(tokenOf("nobody"))).toBe(403);
    expect((await new LocalApis(api(), running(create(dependencies()))).send(line)).status).toBe(401);
  });

  test("a bad token is 401 on a REST API; on an HTTP API 403, or 401 where the stage asks for it", async () => {
    expect(await status("x.y.z")).toBe(isRest ? 401 : 403);
    expect(await status("x.y.z", THROWING)).toBe(401);
    expect(await status(tokenOf("nobody"), THROWING)).toBe(403);
    expect(await status(tokenOf("alice"), THROWING)).toBe(200);
  });

  test("500 where nothing could be decided", async () => {
    const deps = dependencies({ verify: () => Promise.reject(new ClaimgateError("keys_unavailable", "x")) });
    expect(await status(tokenOf("alice"), {}, deps)).toBe(500);
  });
});

describe.each([
  { name: "HTTP API, simple", create: createHttpAuthorizer, api: httpApi(COOKIE_ROUTES, NO_SOURCE) },
  {
    name: "HTTP API, payload 1.0",
    create: createHttpV1Authorizer,
    api: httpApi(COOKIE_ROUTES, { ...NO_SOURCE, ...V1 }),
  },
  { name: "REST API, REQUEST", create: createRestAuthorizer, api: restApi(NO_SOURCE) },
])("$name, with the token in a cookie", ({ name, create, api }) => {
  const isRest = name.startsWith("REST");
  const cookie = { name: "__Host-token", origins: new Set(["https://app.example.com"]) };
  const apis = new LocalApis(api, running(create(dependencies(), { cookie })));
  const status = async (
    method: string,
    token: string,
    headers: readonly (readonly [string, string])[] = [],
  ) => {
    const line = `${method} ${isRest ? "/dev" : ""}/orders/order-1`;
    const sent = [["Cookie", `theme=dark; __Host-token=${token}`] as const, ...headers];
    return (await apis.send(line, { headers: sent })).status;
  };
  const refused = isRest ? 401 : 403;

  test("200 for who may, 403 for who may not", async () => {
    expect(await status("GET", tokenOf("alice"))).toBe(200);
    expect(await status("GET", tokenOf("nobody"))).toBe(403);
    expect(await status("GET", "x.y.z")).toBe(refused);
  });

  test("two cookies, or a cookie and a header, are refused", async () => {
    const token = tokenOf("alice");
    expect(await status("GET", token, [["Cookie", `__Host-token=${token}`]])).toBe(refused);
    expect(await status("GET", token, [["Authorization", `Bearer ${token}`]])).toBe(refused);
  });

  if (!isRest) {
    test("a change needs the origin of the app", async () => {
      expect(await status("DELETE", tokenOf("ada"), [["Origin", "https://app.example.com"]])).toBe(200);
      expect(await status("DELETE", tokenOf("ada"), [["Origin", "https://evil.example"]])).toBe(403);
      expect(await status("DELETE", tokenOf("ada"))).toBe(403);
    });
  }
});
