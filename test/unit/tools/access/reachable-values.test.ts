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
