import { deployedRoutes } from "../../../../../src/tools/local/console/deployed-routes.ts";

const http = (RouteKey: string) => ({
  Type: "AWS::ApiGatewayV2::Route",
  Properties: { ApiId: { Ref: "HttpApi" }, RouteKey },
});

test("routes with a path are listed once, with the gateways that have them", () => {
  const template = {
    Resources: {
      HttpApi: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP" } },
      Read: http("GET /orders/{id}"),
      List: http("GET /orders"),
      Rest: { Type: "AWS::ApiGateway::Resource", Properties: { PathPart: "orders" } },
      RestList: {
        Type: "AWS::ApiGateway::Method",
        Properties: { HttpMethod: "GET", ResourceId: { Ref: "Rest" } },
      },
      Default: http("$default"),
    },
  };
  expect(deployedRoutes(template)).toEqual([
    { route: "GET /orders", gateways: ["http", "rest"] },
    { route: "GET /orders/{id}", gateways: ["http"] },
  ]);
});
