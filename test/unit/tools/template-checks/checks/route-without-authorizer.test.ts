import { foundBy, ref, resource } from "../checking.ts";

const found = (template: Record<string, unknown>, ...publicRoutes: string[]) =>
  foundBy("route-without-authorizer", template, { publicRoutes: new Set(["GET /health", ...publicRoutes]) });
const route = (key: string, properties: Record<string, unknown> = {}) =>
  resource("ApiGatewayV2::Route", { ApiId: ref("Api"), RouteKey: key, ...properties });
const guarded = { AuthorizationType: "CUSTOM", AuthorizerId: ref("Authorizer") };

describe("route-without-authorizer", () => {
  it("finds a route of an HTTP API that anyone may call", () => {
    expect(found({ R: route("GET /orders") })).toEqual([
      "R.AuthorizationType: `GET /orders` has no authorizer, so anyone may call it, and it is not `public` in the policy",
    ]);
    expect(found({ R: route("GET /orders", { AuthorizationType: "NONE" }) })).toHaveLength(1);
  });

  it("lets guarded and public routes pass", () => {
    expect(found({ R: route("GET /orders", guarded), H: route("GET /health") })).toEqual([]);
    expect(found({ R: route("GET /files/{proxy+}") }, "ANY /files/{proxy+}")).toEqual([]);
  });

  it("finds an authorizer that is not named, and leaves one to others that is not the policy's", () => {
    expect(found({ R: route("GET /orders", { AuthorizationType: "CUSTOM" }) })).toEqual([
      "R.AuthorizerId: `GET /orders` names no authorizer, and it is not `public` in the policy",
    ]);
    expect(found({ R: route("GET /orders", { ...guarded, AuthorizationType: "AWS_IAM" }) })).toEqual([]);
  });

  const path = {
    Orders: resource("ApiGateway::Resource", {
      ParentId: { "Fn::GetAtt": ["Rest", "RootResourceId"] },
      PathPart: "orders",
    }),
    Order: resource("ApiGateway::Resource", { ParentId: ref("Orders"), PathPart: "{orderId}" }),
  };
  const method = (properties: Record<string, unknown>) =>
    resource("ApiGateway::Method", {
      RestApiId: ref("Rest"),
      ResourceId: ref("Order"),
      HttpMethod: "GET",
      ...properties,
    });

  it("spells a route of a REST API from the chain of its resources", () => {
    expect(found({ ...path, M: method({ AuthorizationType: "NONE" }) })).toEqual([
      "M.AuthorizationType: `GET /orders/{orderId}` has no authorizer, so anyone may call it, and it is not `public` in the policy",
    ]);
    expect(found({ ...path, M: method({ AuthorizationType: "NONE" }) }, "GET /orders/{orderId}")).toEqual([]);
    expect(found({ ...path, M: method(guarded) })).toEqual([]);
  });

  it("spells the root of a REST API", () => {
    const root = method({ ResourceId: { "Fn::GetAtt": ["Rest", "RootResourceId"] } });
    expect(found({ M: root })[0]).toContain("`GET /`");
  });

  it("lets a REST API answer preflights by itself, but not by a function", () => {
    expect(found({ ...path, M: method({ HttpMethod: "OPTIONS", Integration: { Type: "MOCK" } }) })).toEqual(
      [],
    );
    expect(
      found({ ...path, M: method({ HttpMethod: "OPTIONS", Integration: { Type: "AWS_PROXY" } }) }),
    ).toHaveLength(1);
  });

  it("asks of a WebSocket API whether connecting is decided, and nothing else", () => {
    const socket = { Api: resource("ApiGatewayV2::Api", { ProtocolType: "WEBSOCKET" }) };
    expect(found({ ...socket, M: route("sendMessage"), D: route("$disconnect") })).toEqual([]);
    expect(found({ ...socket, C: route("$connect") })).toHaveLength(1);
    expect(found({ ...socket, C: route("$connect", guarded) })).toEqual([]);
  });
});
