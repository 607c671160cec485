import { foundBy, lambda, ref, resource, uri } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("cache-reuses-answers", template);
const http = (properties: Record<string, unknown>) =>
  resource("ApiGatewayV2::Authorizer", {
    ApiId: ref("Api"),
    AuthorizerType: "REQUEST",
    AuthorizerUri: uri("F"),
    ...properties,
  });
const rest = (properties: Record<string, unknown>) =>
  resource("ApiGateway::Authorizer", {
    RestApiId: ref("Rest"),
    Type: "REQUEST",
    AuthorizerUri: uri("F"),
    ...properties,
  });
const token = "$request.header.Authorization";

describe("cache-reuses-answers", () => {
  it("lets none pass", () => {
    expect(
      found({ A: http({ AuthorizerResultTtlInSeconds: 0 }), B: rest({ AuthorizerResultTtlInSeconds: 0 }) }),
    ).toEqual([]);
  });

  it("finds a key without the path, and names what is missing", () => {
    expect(
      found({ A: http({ AuthorizerResultTtlInSeconds: 60, IdentitySource: [token, "$context.routeKey"] }) }),
    ).toEqual([
      "A.AuthorizerResultTtlInSeconds: caches an answer for 60 s and reuses it for other requests: its identity sources lack `$context.path`",
    ]);
    expect(
      found({
        B: rest({ AuthorizerResultTtlInSeconds: 60, IdentitySource: "method.request.header.Authorization" }),
      }),
    ).toEqual([
      "B.AuthorizerResultTtlInSeconds: caches an answer for 60 s and reuses it for other requests: its identity sources lack `context.path`, `context.httpMethod`",
    ]);
  });

  it("lets a key with token, path and method pass", () => {
    const sources = "method.request.header.Authorization, context.path, context.httpMethod";
    expect(found({ B: rest({ AuthorizerResultTtlInSeconds: 60, IdentitySource: sources }) })).toEqual([]);
    expect(
      found({
        A: http({
          AuthorizerResultTtlInSeconds: 60,
          IdentitySource: [token, "$context.path", "$context.routeKey"],
        }),
      }),
    ).toEqual([]);
  });

  it("does not take the route key for the method where a route has several", () => {
    const A = http({
      AuthorizerResultTtlInSeconds: 60,
      IdentitySource: [token, "$context.path", "$context.routeKey"],
    });
    const R = resource("ApiGatewayV2::Route", { ApiId: ref("Api"), RouteKey: "ANY /orders" });
    expect(found({ A, R })).toHaveLength(1);
  });

  it("finds any cache of a TOKEN authorizer: its key is the token alone", () => {
    expect(found({ B: rest({ Type: "TOKEN", AuthorizerResultTtlInSeconds: 1 }) })).toHaveLength(1);
  });

  it("finds any cache of an authorizer that takes the token from a cookie", () => {
    const sources = [
      "$request.header.Cookie",
      "$request.header.Origin",
      token,
      "$context.path",
      "$context.httpMethod",
    ];
    const A = http({ AuthorizerResultTtlInSeconds: 60, IdentitySource: sources });
    const asked = (variables: Record<string, string>) =>
      found({ A, F: lambda({ Environment: { Variables: variables } }) });
    expect(asked({ CLAIMGATE_TOKEN_COOKIE: "__Host-token" })).toEqual([
      "A.AuthorizerResultTtlInSeconds: caches an answer for 60 s and reuses it for other requests: the token may be in a cookie, and no identity sources hold the cookie and `Origin` of every request",
    ]);
    expect(asked({ CLAIMGATE_TOKEN_COOKIE: "" })).toEqual([]);
  });

  it("leaves alone what caches nothing of ours: JWT, user pools, WebSocket", () => {
    const Socket = resource("ApiGatewayV2::Api", { ProtocolType: "WEBSOCKET" });
    expect(
      found({
        Socket,
        A: http({ AuthorizerType: "JWT", AuthorizerUri: undefined }),
        B: rest({ Type: "COGNITO_USER_POOLS", AuthorizerUri: undefined }),
        C: http({ ApiId: ref("Socket") }),
      }),
    ).toEqual([]);
  });
});
