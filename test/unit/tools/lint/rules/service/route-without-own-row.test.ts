import { routeWithoutOwnRow } from "../../../../../../src/tools/lint/rules/service/route-without-own-row.ts";
import { authorizer, found, problems, route } from "./support.ts";

describe("route-without-own-row", () => {
  const check = (csv: string, ...routes: ReturnType<typeof route>[]) =>
    found(routeWithoutOwnRow, csv, { routes });
  const onToken = (csv: string, name: string) =>
    found(routeWithoutOwnRow, csv, {
      routes: [route(name, { gateway: "rest" })],
      authorizers: [authorizer({ gateway: "rest", type: "token" })],
    });

  it("finds a route that only ANY of its path decides, with the row", () => {
    expect(check("g2, ANY /orders, orders:use", route("GET /orders"), route("DELETE /orders"))).toEqual([
      "serverless.yml:7:1: the policy has no `g2` row for `GET /orders`, so `ANY /orders` decides it (policies/test.csv:1, " +
        "`orders:use`); add `g2, GET /orders, PERMISSION`, if it needs another permission",
      "serverless.yml:7:1: the policy has no `g2` row for `DELETE /orders`, so `ANY /orders` decides it (policies/test.csv:1, " +
        "`orders:use`); add `g2, DELETE /orders, PERMISSION`, if it needs another permission",
    ]);
  });

  it("finds the same of a greedy route", () => {
    expect(check("g2, ANY /files/{proxy+}, files:use", route("GET /files/{proxy+}"))).toHaveLength(1);
  });

  it("finds a route that an authorizer of type TOKEN, which is told a path only, takes for a greedy one", () => {
    expect(onToken("g2, ANY /{proxy+}, app:use", "GET /admin/users")[0]).toContain(
      "so `ANY /{proxy+}` decides it",
    );
    expect(onToken("g2, GET /{name}/users, app:use", "GET /admin/users")).toHaveLength(1);
    expect(onToken("g2, GET /orders, app:use", "ANY /orders")).toEqual([]);
  });

  it.each([
    ["g2, GET /a, a:read", "GET /a"],
    ["g2, ANY /a, a:use", "ANY /a"],
    ["g2, GET /a, a:read", "HEAD /a"],
    ["g2, GET /a, a:read", "ANY /a"],
    ["g2, GET /files/{name}, a:read", "ANY /files/{proxy+}"],
    ["g2, GET /deep/er, a:use", "$default"],
    ["g2, ANY /{proxy+}, a:use", "GET /a"],
  ])("leaves %s alone for %s: it is the route's own, finer, or decides no call of it", (csv, deployed) => {
    expect(check(csv, route(deployed))).toEqual([]);
  });

  it("leaves alone what the policy does not decide", () => {
    const csv = "g2, ANY /a, a:use";
    const routes = [
      route("GET /a", { authorizer: undefined }),
      route("POST /a", { authorizer: { kind: "foreign", name: "AWS_IAM" } }),
      route("PUT /a", { authorizer: { kind: "other", name: "shared" } }),
    ];
    expect(check(csv, ...routes)).toEqual([]);
    expect(problems(routeWithoutOwnRow, csv, undefined)).toEqual([]);
  });
});
