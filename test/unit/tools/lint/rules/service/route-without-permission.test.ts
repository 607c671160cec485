import { routeWithoutPermission } from "../../../../../../src/tools/lint/rules/service/route-without-permission.ts";
import { authorizer, found, problems, route } from "./support.ts";

describe("route-without-permission", () => {
  const check = (csv: string, ...routes: ReturnType<typeof route>[]) =>
    found(routeWithoutPermission, csv, { routes });

  it("finds a guarded route that the policy does not have", () => {
    expect(check("g2, GET /a, a:read", route("GET /a"), route("DELETE /b"))).toEqual([
      "serverless.yml:7:1: the policy has no `g2` row for `DELETE /b`, so every call is denied; " +
        "add `g2, DELETE /b, PERMISSION` to the policy",
    ]);
  });

  it("points at the row that was probably meant", () => {
    expect(check("\ng2, GET /orders/{id}, a:read", route("GET /orders/{orderId}"))[0]).toContain(
      "; did you mean `GET /orders/{orderId}`? policies/test.csv:2 has `GET /orders/{id}`",
    );
  });

  it("does not suggest a route that is deployed", () => {
    expect(check("g2, GET /order, a:read", route("GET /order"), route("GET /orders"))[0]).toContain(
      "; add `g2, GET /orders, PERMISSION`",
    );
  });

  it.each([
    ["g2, ANY /a, a:use", "GET /a"],
    ["g2, GET /a, a:read", "ANY /a"],
    ["g2, GET /files/{name}, a:read", "ANY /files/{proxy+}"],
    ["g2, $default, a:use", "$default"],
    ["g2, GET /deep/er, a:use", "$default"],
    ["g2, GET /a, public", "GET /a"],
  ])("knows that %s decides calls of %s", (csv, deployed) => {
    expect(check(csv, route(deployed))).toEqual([]);
  });

  it.each([
    ["g2, POST /a, a:use", "GET /a"],
    ["g2, GET /files, a:read", "ANY /files/{proxy+}"],
    ["g2, GET /other/{proxy+}, a:read", "ANY /files/{proxy+}"],
    ["g2, POST /files/{proxy+}, a:read", "GET /files/{proxy+}"],
    ["g2, $default, a:use", "ANY /{proxy+}"],
    ["g2, ANY /{proxy+}, a:use", "GET /files/{proxy+}"],
    ["g2, GET /{folder}/b, a:use", "GET /files/{proxy+}"],
  ])("knows that %s decides no call of %s", (csv, deployed) => {
    expect(check(csv, route(deployed))).toHaveLength(1);
  });

  it("knows that an authorizer of type TOKEN finds a route by the path", () => {
    const parts = {
      routes: [route("GET /admin/users", { gateway: "rest" })],
      authorizers: [authorizer({ gateway: "rest", type: "token" })],
    };
    expect(found(routeWithoutPermission, "g2, ANY /{proxy+}, app:use", parts)).toEqual([]);
    expect(found(routeWithoutPermission, "g2, ANY /orders, app:use", parts)).toHaveLength(1);
  });

  it("leaves alone what the policy does not decide", () => {
    const routes = [
      route("GET /a", { authorizer: undefined }),
      route("GET /b", { authorizer: { kind: "foreign", name: "AWS_IAM" } }),
      route("GET /c", { authorizer: { kind: "other", name: "shared" } }),
      route("sendMessage", { gateway: "websocket" }),
    ];
    expect(check("", ...routes)).toEqual([]);
  });

  it("says nothing where the service was not read", () => {
    expect(problems(routeWithoutPermission, "g2, GET /a, a:read", undefined)).toEqual([]);
  });
});
