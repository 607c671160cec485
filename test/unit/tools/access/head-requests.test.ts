import { createRouteTable } from "../../../../src/policy/route-table.ts";
import { headRequests, ownHeads } from "../../../../src/tools/access/head-requests.ts";

const routes = (before: readonly string[], after: readonly string[], path: string) =>
  headRequests(createRouteTable(before), createRouteTable(after))(path.slice(1).split("/"));

describe("a HEAD that a gateway gives to no route of GET", () => {
  it("arrives by another route, and is decided by the rows of that path", () => {
    const both = ["GET /envs/dev", "ANY /envs/{env}", "GET /envs/{name}"];
    const decided = { before: "GET /envs/{name}", after: "GET /envs/{name}" };
    expect(routes(both, both, "/envs/dev")).toEqual([decided, decided, decided]);
  });

  it("is not decided by a greedy route of the same names", () => {
    const greedy = ["GET /envs/{env+}"];
    expect(routes(greedy, ["ANY /envs/{env}"], "/envs/dev")).toEqual([
      { before: undefined, after: "ANY /envs/{env}" },
    ]);
  });

  it("is decided behind the gateway of each policy, as `GET` behind a greedy route", () => {
    const own = (before: readonly string[], after: readonly string[]) =>
      ownHeads(createRouteTable(before), createRouteTable(after))(["a"]);
    expect(own(["GET /a", "ANY /{x}"], ["GET /a", "ANY /{proxy+}"])).toEqual({
      before: "ANY /{x}",
      after: "GET /a",
    });
    expect(own(["GET /a", "ANY /{x}"], ["GET /a", "$default"])).toEqual({
      before: "ANY /{x}",
      after: "GET /a",
    });
    expect(own(["GET /a", "HEAD /a"], ["GET /a", "ANY /a"])).toEqual({ before: "HEAD /a", after: "GET /a" });
  });

  it("is compared only where both gateways deliver it", () => {
    const own = (before: readonly string[], after: readonly string[]) =>
      ownHeads(createRouteTable(before), createRouteTable(after))(["a"]);
    expect(own(["GET /a"], ["GET /a", "ANY /{proxy+}"])).toBeUndefined();
    expect(own(["ANY /a"], ["ANY /{x}"])).toBeUndefined();
  });
});
