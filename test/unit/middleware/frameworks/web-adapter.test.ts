import { type Caller, encodeCaller, readCaller } from "../../../../src/authorizers/caller.ts";
import { requestParameters } from "../../../../src/authorizers/request-route.ts";
import {
  type ServerGuardOptions,
  type ServerRequest,
  webAdapterReader,
} from "../../../../src/middleware/frameworks/web-adapter.ts";
import { OWN_DOMAIN } from "../../../support/authorization.ts";
import { callerWith } from "../../../support/caller.ts";
import { policyFrom } from "../../../support/policy.ts";

const POLICY = policyFrom(`
p, group:staff, files:read, allow
g2, GET /orders/{orderId}, orders:read
g2, GET /files/{area}/{name}, files:read
`);

const OPTIONS: ServerGuardOptions = {
  policy: () => POLICY,
  trustWebAdapterHeader: true,
  environment: { AWS_LAMBDA_FUNCTION_NAME: "shop" },
};

/** A request as the adapter sends it: the header has UTF-8, which Node reads byte by byte. */
const requestOf = (context: unknown, path = "/orders/order-1"): ServerRequest => ({
  header: (name) =>
    name === "x-amzn-request-context" ? Buffer.from(JSON.stringify(context)).toString("latin1") : undefined,
  path,
});

const eventOf = (request: ServerRequest, options = OPTIONS) => webAdapterReader(options)?.(request);

const context = (changes: Partial<Caller> = {}) => encodeCaller(callerWith(changes));
const http = (routeKey: string, more: object = {}) => ({
  routeKey,
  stage: "$default",
  apiId: "abc123",
  domainName: OWN_DOMAIN,
  http: { method: "GET", path: "/" },
  authorizer: { lambda: context() },
  ...more,
});
const rest = (resourcePath: string, more: object = {}) => ({
  resourcePath,
  httpMethod: "GET",
  stage: "dev",
  apiId: "def456",
  domainName: "def456.execute-api.us-east-1.amazonaws.com",
  authorizer: context(),
  ...more,
});

const parametersOf = (context: unknown, path: string) => ({
  ...requestParameters(eventOf(requestOf(context, path)), POLICY, undefined),
});

describe("the event behind the Lambda Web Adapter", () => {
  it("has the caller of an HTTP API and of a REST API", () => {
    const { sub } = callerWith();
    expect(readCaller(eventOf(requestOf(http("GET /orders/{orderId}"))))).toMatchObject({ sub });
    expect(readCaller(eventOf(requestOf(rest("/orders/{orderId}"))))).toMatchObject({ sub });
  });

  it("has claims beyond ASCII as the token has them", () => {
    const lambda = context({ conditionClaims: { tenant_id: "Zürich ✓" } });
    const event = eventOf(requestOf(http("GET /orders/{orderId}", { authorizer: { lambda } })));
    expect(readCaller(event)?.conditionClaims).toEqual({ tenant_id: "Zürich ✓" });
  });

  it.each([
    ["a function URL", { http: { method: "GET", path: "/" }, authorizer: { iam: {} } }],
    ["a load balancer", { elb: { targetGroupArn: "arn" } }],
    ["an event that is not HTTP", null],
  ])("has no caller for %s", (_what, one) => {
    expect(readCaller(eventOf(requestOf(one)))).toBeUndefined();
  });

  it.each([
    ["a parameter", http("GET /orders/{orderId}"), "/orders/order-1", { orderId: "order-1" }],
    [
      "one below a stage",
      http("GET /orders/{orderId}", { stage: "dev" }),
      "/dev/orders/order-1",
      { orderId: "order-1" },
    ],
    [
      "one on a custom domain",
      http("GET /orders/{orderId}", { domainName: "x.example.com" }),
      "/v1/orders/7",
      { orderId: "7" },
    ],
    ["what the adapter escaped", http("GET /orders/{orderId}"), "/orders/a%20b", { orderId: "a b" }],
    ["a lone percent sign", http("GET /orders/{orderId}"), "/orders/100%", { orderId: "100%" }],
    [
      "a declared route behind a greedy one",
      http("ANY /files/{proxy+}"),
      "/files/a/b",
      { area: "a", name: "b" },
    ],
    ["a declared route behind $default", http("$default"), "/files/a/b", { area: "a", name: "b" }],
    ["a parameter of a REST API", rest("/orders/{orderId}"), "/orders/order%2D1", { orderId: "order-1" }],
    [
      "one of a REST API below a base path",
      rest("/orders/{orderId}", { domainName: "x.example.com" }),
      "/v1/orders/7",
      { orderId: "7" },
    ],
    ["a greedy route of a REST API", rest("/{proxy+}"), "/files/a/b", { area: "a", name: "b" }],
  ])("has the parameters of its path: %s", (_what, one, path, parameters) => {
    expect(parametersOf(one, path)).toEqual(parameters);
  });

  it.each([
    ["escaped twice, of an HTTP API", http("GET /orders/{orderId}"), "/orders/a%252Fb"],
    ["with a slash, of an HTTP API", http("GET /orders/{orderId}"), "/orders/a%2Fb"],
    ["escaped twice, of a REST API", rest("/orders/{orderId}"), "/orders/a%2541"],
    ["of another route", http("GET /orders/{orderId}"), "/users/order-1"],
    ["too short for its route", http("GET /orders/{orderId}"), "/orders"],
    [
      "behind a greedy route of a REST API on a custom domain",
      rest("/{proxy+}", { domainName: "x.example.com" }),
      "/v1/files/a/b",
    ],
    [
      "behind $default on a custom domain that is not listed",
      http("$default", { domainName: "x.example.com" }),
      "/files/a/b",
    ],
  ])("has no parameters of a path %s", (_what, one, path) => {
    expect(parametersOf(one, path)).toEqual({});
  });

  it.each([
    ["no header", () => undefined, "has no header `x-amzn-request-context`"],
    ["two headers", () => "{}, {}", "is not the JSON of the Lambda Web Adapter"],
    ["bytes that are not UTF-8", () => '"\xff"', "is not the JSON of the Lambda Web Adapter"],
    ["the headers of a Web Function", () => "{}", "a Web Function has no adapter"],
  ])("is an error with %s", (what, value, message) => {
    const header = (name: string) =>
      name === "x-amzn-request-context" ? value() : what.includes("Web Function") ? "1" : undefined;
    expect(() => eventOf({ header, path: "/" })).toThrow(message);
  });
});

describe("the header of the Lambda Web Adapter", () => {
  it("is not read unless the guard is told to trust it", () => {
    expect(webAdapterReader({ policy: () => POLICY })).toBeUndefined();
  });

  it.each([
    ["outside Lambda", { environment: {} }, "outside Lambda, where clients write"],
    ["with `verify`", { verify: () => Promise.reject(new Error("never")) }, "exclude each other"],
  ])("is not trusted %s", (_where, more, message) => {
    expect(() => webAdapterReader({ ...OPTIONS, ...more })).toThrow(message);
  });
});
