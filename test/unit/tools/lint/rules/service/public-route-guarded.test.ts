import { publicRouteGuarded } from "../../../../../../src/tools/lint/rules/service/public-route-guarded.ts";
import { found, route } from "./support.ts";

describe("public-route-guarded", () => {
  it("finds a public route with an authorizer", () => {
    expect(found(publicRouteGuarded, "g2, GET /a, public", { routes: [route("GET /a")] })).toEqual([
      "serverless.yml:7:1: `GET /a` is public (policies/test.csv:1) but has the authorizer `claimgate`, which " +
        "denies every call, since the route has no permission; remove the `authorizer` of the event, or give " +
        "the route a permission",
    ]);
  });

  it("accepts public routes that are open and guarded routes that are not public", () => {
    const routes = [route("GET /a", { authorizer: undefined }), route("GET /b")];
    expect(found(publicRouteGuarded, "g2, GET /a, public\ng2, GET /b, b:read", { routes })).toEqual([]);
  });
});
