import { tokenAuthorizerForeignRoute } from "../../../../../../src/tools/lint/rules/service/token-authorizer-foreign-route.ts";
import { authorizer, found, route } from "./support.ts";

const rest = (name: string) => route(name, { gateway: "rest" });
const byToken = [authorizer({ gateway: "rest", type: "token" })];

const check = (csv: string, authorizers = byToken) =>
  found(tokenAuthorizerForeignRoute, csv, {
    authorizers,
    routes: [rest("GET /orders/{orderId}"), rest("GET /orders/recent"), route("GET /orders/export")],
  });

const ROUTES = "g2, GET /orders/{orderId}, orders:read\ng2, GET /orders/recent, orders:recent\n";

describe("token-authorizer-foreign-route", () => {
  it("finds a route of another API that takes paths of the REST API", () => {
    expect(check(`${ROUTES}g2, GET /orders/export, orders:export`)).toEqual([
      "policies/test.csv:3:5: `GET /orders/export` is not a route of the REST API but matches paths of its " +
        "`GET /orders/{orderId}`, which a TOKEN authorizer would decide by this row; use an authorizer of type " +
        "REQUEST, whose event has the route",
    ]);
    expect(check(`${ROUTES}g2, ANY /orders/{proxy+}, files:read`)).toHaveLength(1);
  });

  it("accepts routes of the REST API itself, other paths and methods, and the same permissions", () => {
    expect(check(ROUTES)).toEqual([]);
    expect(check(`${ROUTES}g2, POST /orders/export, orders:export`)).toEqual([]);
    expect(check(`${ROUTES}g2, GET /orders/a/b, orders:export`)).toEqual([]);
    expect(check(`${ROUTES}g2, GET /reports/{id}, reports:read`)).toEqual([]);
    expect(
      check(`${ROUTES}g2, GET /orders/export, orders:read`.replace("orders:recent", "orders:read")),
    ).toEqual([]);
    expect(check(`${ROUTES}g2, GET /orders/export, public`)).toEqual([]);
    expect(check(`${ROUTES}g2, $default, orders:export`)).toEqual([]);
  });

  it("says nothing of an authorizer that is told the route", () => {
    expect(
      check(`${ROUTES}g2, GET /orders/export, orders:export`, [authorizer({ gateway: "rest" })]),
    ).toEqual([]);
  });
});
