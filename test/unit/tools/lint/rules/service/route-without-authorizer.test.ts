import { routeWithoutAuthorizer } from "../../../../../../src/tools/lint/rules/service/route-without-authorizer.ts";
import { found, route } from "./support.ts";

describe("route-without-authorizer", () => {
  const open = (name: string, gateway: "http" | "rest" | "websocket" = "http") =>
    route(name, { gateway, authorizer: undefined });
  const check = (csv: string, ...routes: ReturnType<typeof route>[]) =>
    found(routeWithoutAuthorizer, csv, { routes });

  it("finds an open route that has a permission, and one that the policy does not have", () => {
    expect(check("g2, GET /a, a:read", open("GET /a"), open("GET /b"))).toEqual([
      "serverless.yml:7:1: `GET /a` has no authorizer, so anyone may call it, but the policy requires `a:read` " +
        "(policies/test.csv:1); give the event an `authorizer`, or declare `g2, GET /a, public`",
      "serverless.yml:7:1: `GET /b` has no authorizer, so anyone may call it, but it is not `public` " +
        "in the policy; give the event an `authorizer`, or declare `g2, GET /b, public`",
    ]);
  });

  it("accepts public routes, also by ANY, and guarded ones", () => {
    expect(check("g2, GET /a, public", open("GET /a"))).toEqual([]);
    expect(check("g2, ANY /a, public", open("GET /a"))).toEqual([]);
    expect(check("g2, GET /a, a:read", route("GET /a"))).toEqual([]);
  });

  it("does not take a method for all of them", () => {
    expect(check("g2, GET /a, public", open("ANY /a"))).toHaveLength(1);
    expect(check("g2, ANY /a, public\ng2, POST /a, a:use", open("POST /a"))).toHaveLength(1);
  });

  it("asks for an authorizer of a WebSocket API at $connect and nowhere else", () => {
    expect(check("", route("$connect", { gateway: "websocket" }), open("send", "websocket"))).toEqual([]);
    expect(check("", open("$connect", "websocket"))).toHaveLength(1);
    expect(check("", open("send", "websocket"))[0]).toContain("has no `$connect` route");
    expect(check("g2, $connect, public", open("$connect", "websocket"))).toEqual([]);
    expect(check("g2, $connect, public", open("send", "websocket"))).toEqual([]);
  });
});
