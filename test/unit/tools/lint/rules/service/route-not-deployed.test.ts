import { routeNotDeployed } from "../../../../../../src/tools/lint/rules/service/route-not-deployed.ts";
import { found, problems, route, serviceWith } from "./support.ts";

describe("route-not-deployed", () => {
  const check = (csv: string, ...routes: ReturnType<typeof route>[]) =>
    found(routeNotDeployed, csv, { routes });

  it("finds a route of the policy that nothing deploys, and what was probably meant", () => {
    expect(check("g2, GET /orderz, a:read", route("GET /orders"))).toEqual([
      "policies/test.csv:1:5: serverless.yml does not deploy the route `GET /orderz`; did you mean `GET /orders`?",
    ]);
    expect(check("g2, GET /a, a:read\ng2, POST /far/away, a:read", route("GET /a"))[0]).toContain(
      "; remove the row, or add the event",
    );
  });

  it("accepts what a greedy route, ANY or $default deploys", () => {
    expect(check("g2, GET /files/{name}, a:read", route("ANY /files/{proxy+}"))).toEqual([]);
    expect(check("g2, GET /a, a:read", route("ANY /a"))).toEqual([]);
    expect(check("g2, ANY /a, a:read", route("GET /a"))).toEqual([]);
    expect(check("g2, GET /a, a:read", route("$default"))).toEqual([]);
    expect(check("g2, GET /a, public", route("GET /a", { authorizer: undefined }))).toEqual([]);
  });

  it("leaves routes of gateways that the service does not have", () => {
    const csv = "g2, Query.orders, a:read\ng2, $connect, a:use\ng2, GET /a, a:read";
    expect(check(csv, route("GET /a"))).toEqual([]);
    expect(check(csv, route("GET /a"), route("sendMessage", { gateway: "websocket" }))).toHaveLength(1);
    expect(check(csv, route("$connect", { gateway: "websocket" }))).toEqual([]);
    expect(check("g2, $default, a:use\ng2, GET /a, a:read", route("GET /a", { gateway: "rest" }))).toEqual(
      [],
    );
  });

  it("says nothing where the routes may be elsewhere", () => {
    const service = serviceWith({ routes: [route("GET /a")], routesComplete: false });
    expect(problems(routeNotDeployed, "g2, GET /b, a:read", service)).toEqual([]);
  });
});
