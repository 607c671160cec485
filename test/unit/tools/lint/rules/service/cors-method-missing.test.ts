import { corsMethodMissing } from "../../../../../../src/tools/lint/rules/service/cors-method-missing.ts";
import { atLine, found, route } from "./support.ts";

const listing = (methods: readonly string[] | undefined) => ({ httpCors: { methods, at: atLine(4) } });

describe("cors-method-missing", () => {
  it("finds the routes of an HTTP API whose method is not in the list", () => {
    const routes = [
      route("GET /orders"),
      route("PUT /orders/{orderId}"),
      route("ANY /admin/{proxy+}"),
      route("$default"),
    ];
    const fix =
      "; remove `allowedMethods`, which defaults to the methods of the routes, or add the missing ones";
    const missing = (methods: string, name: string) =>
      `serverless.yml:4:1: preflights of the HTTP API do not allow ${methods}, so no browser may call \`${name}\`${fix}`;
    expect(found(corsMethodMissing, "", { routes, ...listing(["GET", "POST", "DELETE"]) })).toEqual([
      missing("`PUT`", "PUT /orders/{orderId}"),
      missing("`PUT`, `PATCH`", "ANY /admin/{proxy+}"),
      missing("`PUT`, `PATCH`", "$default"),
    ]);
  });

  it("accepts methods that browsers send without asking, `*`, and a list that the framework makes", () => {
    const routes = [route("GET /a"), route("HEAD /a"), route("POST /a"), route("OPTIONS /a")];
    expect(found(corsMethodMissing, "", { routes, ...listing(["DELETE"]) })).toEqual([]);
    expect(found(corsMethodMissing, "", { routes: [route("ANY /a")], ...listing(["*"]) })).toEqual([]);
    expect(found(corsMethodMissing, "", { routes: [route("ANY /a")], ...listing(undefined) })).toEqual([]);
    expect(found(corsMethodMissing, "", { routes: [route("ANY /a")] })).toEqual([]);
  });

  it("finds the REST event without `cors` on a path where another has it", () => {
    const rest = (name: string, corsMethods?: readonly string[]) =>
      route(name, { gateway: "rest", ...(corsMethods !== undefined && { corsMethods }) });
    const routes = [
      rest("GET /orders", ["GET"]),
      rest("PATCH /orders"),
      rest("PUT /other"),
      rest("DELETE /orders", ["DELETE"]),
    ];
    expect(found(corsMethodMissing, "", { routes })).toEqual([
      "serverless.yml:7:1: the preflight of its path does not allow `PATCH`, so no browser may call `PATCH /orders`; " +
        "give the event the `cors` of the other events of the path",
    ]);
    expect(
      found(corsMethodMissing, "", { routes: [rest("GET /x", ["GET", "PUT"]), rest("PUT /x")] }),
    ).toEqual([]);
    expect(found(corsMethodMissing, "", { routes: [rest("ANY /x", ["ANY"]), rest("PUT /x")] })).toEqual([]);
  });
});
