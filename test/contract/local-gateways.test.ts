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
