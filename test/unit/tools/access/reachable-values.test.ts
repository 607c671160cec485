import { createRouteTable } from "../../../../src/policy/route-table.ts";
import { reachableValues } from "../../../../src/tools/access/reachable-values.ts";

/** Whether the route decides a request with `dev` as its second segment. */
function hasDev(routes: readonly string[], route: string): boolean {
  const table = createRouteTable(routes);
  return reachableValues(table, table)({ before: route, after: route })(new Map([["1", "dev"]]));
}

test("a parameter never has the value of a literal route next to it", () => {
  expect(hasDev(["GET /envs/{env}"], "GET /envs/{env}")).toBe(true);
  expect(hasDev(["GET /envs/{env}", "GET /envs/dev"], "GET /envs/{env}")).toBe(false);
  expect(hasDev(["GET /envs/{env}", "POST /envs/dev"], "GET /envs/{env}")).toBe(true);
});

test("a gateway gives HEAD to no route of GET, so the parameter of another route has the value", () => {
  expect(hasDev(["HEAD /envs/{env}", "GET /envs/dev"], "HEAD /envs/{env}")).toBe(true);
  expect(hasDev(["GET /envs/{env}", "ANY /envs/{env}", "GET /envs/dev"], "GET /envs/{env}")).toBe(true);
  expect(hasDev(["HEAD /envs/{env}", "HEAD /envs/dev"], "HEAD /envs/{env}")).toBe(false);
});

test("arguments of a tool are not in the path", () => {
  const table = createRouteTable(["Tool.refundOrder"]);
  const reachable = reachableValues(table, table)({ before: "Tool.refundOrder", after: "Tool.refundOrder" });
  expect(reachable(new Map([["argument env", "dev"]]))).toBe(true);
});

describe("the rest of a path", () => {
  const before = createRouteTable(["ANY /{rest+}"]);
  const after = createRouteTable(["ANY /{first}/{second}", "ANY /{one}"]);
  const reachable = (decidedAfter: string, values: readonly [string, string][]) =>
    reachableValues(before, after)({ before: "ANY /{rest+}", after: decidedAfter })(new Map(values));

  test("never equals a literal where another route takes more than one segment: a literal has no slash", () => {
    expect(reachable("ANY /{first}/{second}", [["0+", "dev"]])).toBe(false);
    expect(reachable("ANY /{one}", [["0+", "dev"]])).toBe(true);
  });

  test("is what its one segment is", () => {
    const values = (segment: string): [string, string][] => [
      ["0", segment],
      ["0+", "dev"],
    ];
    expect(reachable("ANY /{one}", values("dev"))).toBe(true);
    expect(reachable("ANY /{one}", values("test"))).toBe(false);
  });

  test("has one length, so two rests cannot both be one segment", () => {
    const table = createRouteTable(["ANY /a/{rest+}"]);
    const same = { before: "ANY /a/{rest+}", after: "ANY /a/{rest+}" };
    expect(
      reachableValues(table, table)(same)(
        new Map([
          ["0+", "a"],
          ["1+", "dev"],
        ]),
      ),
    ).toBe(false);
  });
});
