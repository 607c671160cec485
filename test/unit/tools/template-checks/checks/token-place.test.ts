import { foundBy, lambda, resource, uri } from "../checking.ts";

const CLAIMGATE = { CLAIMGATE_USER_POOL_ID: "us-east-1_a" };

function found(variables: Record<string, unknown>, IdentitySource: unknown, ProtocolType = "WEBSOCKET") {
  return foundBy("token-place", {
    Api: resource("ApiGatewayV2::Api", { ProtocolType }),
    Authorizer: resource("ApiGatewayV2::Authorizer", {
      ApiId: { Ref: "Api" },
      AuthorizerUri: uri("Fn"),
      IdentitySource,
    }),
    Fn: lambda({ Environment: { Variables: variables } }),
  });
}

const SUBPROTOCOL = "route.request.header.Sec-WebSocket-Protocol";
const HEADER = "route.request.header.Authorization";
const QUERY = "route.request.querystring.access_token";

describe("token-place", () => {
  it.each([
    ["subprotocol", HEADER],
    ["header", SUBPROTOCOL],
    ["header", QUERY],
    ["query", "route.request.querystring.ACCESS_TOKEN"],
  ])("finds a token in the %s that the gateway expects in %s", (place, source) => {
    const lines = found({ ...CLAIMGATE, CLAIMGATE_TOKEN_PLACE: place }, [source]);
    expect(lines).toEqual([
      `Authorizer.IdentitySource: is \`${source}\`, but \`CLAIMGATE_TOKEN_PLACE\` is \`${place}\`: every client that sends its token there is refused`,
    ]);
  });

  it("knows the default of the variable", () => {
    expect(found(CLAIMGATE, [HEADER])).toHaveLength(1);
    expect(found(CLAIMGATE, [SUBPROTOCOL])).toEqual([]);
  });

  it("accepts the same place on both sides, whatever the case of a header, and no source", () => {
    expect(found({ ...CLAIMGATE, CLAIMGATE_TOKEN_PLACE: "header" }, [HEADER.toLowerCase()])).toEqual([]);
    expect(found({ ...CLAIMGATE, CLAIMGATE_TOKEN_PLACE: "query" }, [HEADER, QUERY])).toEqual([]);
    expect(found({ ...CLAIMGATE, CLAIMGATE_TOKEN_PLACE: "query" }, undefined)).toEqual([]);
  });

  it.each([
    [
      "ApiGatewayV2::Authorizer",
      { AuthorizerType: "REQUEST", IdentitySource: ["$request.header.authorization"] },
    ],
    [
      "ApiGateway::Authorizer",
      { Type: "REQUEST", IdentitySource: "context.path,method.request.header.Authorization" },
    ],
  ])("finds an %s that demands `Authorization` of clients with a cookie", (type, properties) => {
    const asked = (variables: Record<string, string>, changes: Record<string, unknown> = {}) =>
      foundBy("token-place", {
        Authorizer: resource(type, { AuthorizerUri: uri("Fn"), ...properties, ...changes }),
        Fn: lambda({ Environment: { Variables: { ...CLAIMGATE, ...variables } } }),
      });
    const cookie = { CLAIMGATE_TOKEN_COOKIE: "__Host-token" };
    expect(asked(cookie)).toEqual([
      expect.stringMatching(
        /^Authorizer\.IdentitySource: is `.*uthorization`, but `CLAIMGATE_TOKEN_COOKIE` is set: every client that sends its token in the cookie is refused$/,
      ),
    ]);
    expect(asked(cookie, { IdentitySource: undefined })).toEqual([]);
    expect(asked({})).toEqual([]);
    expect(asked(cookie, { Type: "TOKEN", AuthorizerType: "JWT" })).toEqual([]);
  });

  it("does not know other functions, and other APIs have no token place", () => {
    expect(found({}, [HEADER])).toEqual([]);
    expect(found(CLAIMGATE, [HEADER], "HTTP")).toEqual([]);
  });
});
