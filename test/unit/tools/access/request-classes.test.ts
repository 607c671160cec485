import { createRouteTable } from "../../../../src/policy/route-table.ts";
import { diffPolicies } from "../../../../src/tools/access/policy-diff.ts";
import { requestClasses, routesDeciding } from "../../../../src/tools/access/request-classes.ts";
import { policyFrom } from "../../../support/policy.ts";

const classes = (before: readonly string[], after: readonly string[], focus?: string) =>
  requestClasses(createRouteTable(before), createRouteTable(after), focus)
    .classes.map(({ name, before: was, after: is }) => `${name}: ${was ?? "-"} -> ${is ?? "-"}`)
    .sort();

describe("the requests that two tables decide", () => {
  it("are called by the finer of two routes", () => {
    const fine = ["ANY /{proxy+}", "GET /admin/users"];
    expect(classes(fine, ["ANY /{proxy+}"])).toEqual([
      "ANY /{proxy+}: ANY /{proxy+} -> ANY /{proxy+}",
      "GET /admin/users: GET /admin/users -> ANY /{proxy+}",
    ]);
    expect(classes(["ANY /{proxy+}"], fine)).toContain("GET /admin/users: ANY /{proxy+} -> GET /admin/users");
  });

  it("are called by a path of their own where neither route is that path", () => {
    expect(
      classes(["GET /{x}/b", "ANY /a/{proxy+}", "GET /a/{y}"], ["GET /{x}/b", "ANY /a/{proxy+}"]),
    ).toContain("GET /a/b: GET /a/{y} -> GET /{x}/b");
  });

  it("have every method that a route names, and one that none names", () => {
    expect(classes(["ANY /a", "GET /a"], ["GET /a", "POST /a"])).toEqual([
      "ANY /a: ANY /a -> -",
      "GET /a: GET /a -> GET /a",
      "POST /a: ANY /a -> POST /a",
    ]);
  });

  it("have HEAD, which is decided as GET is", () => {
    expect(classes(["ANY /a", "GET /a"], ["ANY /a", "GET /a", "HEAD /a"])).toContain(
      "HEAD /a: GET /a -> HEAD /a",
    );
  });

  it("reach $default where a path is left for it", () => {
    expect(classes(["$default", "ANY /{proxy+}"], ["$default", "ANY /{proxy+}", "ANY /"])).toEqual([
      "ANY /: $default -> ANY /",
      "ANY /{proxy+}: ANY /{proxy+} -> ANY /{proxy+}",
    ]);
  });

  it("take a route with other names of its parameters for the same", () => {
    expect(classes(["GET /a/{id}"], ["GET /a/{name}"])).toEqual([
      "GET /a/{name}: GET /a/{id} -> GET /a/{name}",
    ]);
  });

  it("of a gateway that has fewer routes are those that refine what it matched", () => {
    // API Gateway would take /a/b for `GET /{x}/b`, if it has that.
    const before = ["GET /{x}/b", "ANY /a/{proxy+}", "GET /a/b"];
    expect(classes(before, before.slice(0, 2))).toEqual(
      expect.arrayContaining(["GET /a/b: GET /a/b -> GET /{x}/b", "GET /a/b: GET /a/b -> ANY /a/{proxy+}"]),
    );
  });

  it("of one route are what decides some of its calls", () => {
    const table = createRouteTable([
      "GET /orders",
      "ANY /{proxy+}",
      "GET /orders/{id}",
      "$connect",
      "$default",
    ]);
    expect(routesDeciding(table, "ANY /orders")).toEqual(["ANY /{proxy+}", "GET /orders"]);
    expect(routesDeciding(table, "GET /orders/{orderId}")).toEqual(["GET /orders/{id}"]);
    expect(routesDeciding(table, "GET /")).toEqual(["$default"]);
    expect(routesDeciding(table, "$connect")).toEqual(["$connect"]);
  });

  it("may be too many to look at: then nothing is proven, and the diff counts as wider", () => {
    const depths = [0, 1, 2, 3, 4];
    const routes = depths.flatMap((depth) =>
      Array.from({ length: 10 }, (_, index) => {
        const parts = depths.map((at) => (at === depth ? `l${index}` : `{p${at}}`));
        return `g2, GET /${parts.join("/")}/end, o:read`;
      }),
    );
    const side = (extra: string) => ({
      policy: policyFrom(["p, role:authenticated, o:read, allow", ...routes, extra].join("\n")),
      rows: [],
    });
    expect(diffPolicies(side("g2, GET /a, o:read"), side("g2, GET /b, o:read"))).toMatchObject({
      complete: false,
      widens: true,
      differs: true,
    });
  });
});
