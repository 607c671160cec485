import { convertCasbin } from "../../../../../src/tools/import/casbin/convert.ts";
import { modelText } from "../../../../support/casbin-models.ts";

const MODEL = modelText({ object: "keyMatch2", action: "regexMatch", roles: true, effects: true });

function converted(rows: string, routes: readonly string[], gateway = "http", byPath = false) {
  const api = routes.map((route, index) => ({
    ...{ gateway, route, byPath },
    at: { file: "serverless.yml", line: index + 1, column: 5 },
  }));
  const files = { model: { path: "model.conf", text: MODEL }, rows: [{ path: "policy.csv", text: rows }] };
  return convertCasbin({ ...files, api }, "groups");
}

function routesOf({ files }: ReturnType<typeof converted>): readonly string[] {
  const text = files.find(({ path }) => path === "routes.csv")?.text ?? "";
  return text.split("\n").filter((line) => line.startsWith("g2"));
}

const placed = (rows: readonly { line: number; column: number; message: string }[]) =>
  rows.map(({ line, column, message }) => `${line}:${column}: ${message}`);

describe("a policy for the routes of an API", () => {
  it("has the routes of the API, in its spelling, each with the rows about all of its paths", () => {
    const api = ["GET /orders/{orderId}", "ANY /orders/{orderId}/items", "GET /health"];
    const policy = converted("p, a, /orders/*, GET, allow\np, b, /orders/:id, GET, deny", api);
    expect(routesOf(policy)).toEqual([
      "g2, GET /orders/{orderId}, orders:read",
      "g2, GET /orders/{orderId}, orders-2:read",
      "g2, GET /orders/{orderId}/items, orders:read",
    ]);
    expect({ refused: policy.refused, unreached: policy.unreached }).toEqual({ refused: [], unreached: [] });
  });

  it("refuses a row about a part of a route's paths, which would be decided with all of them", () => {
    const rows = "p, a, /orders/:id, GET, allow\np, a, /orders/export, GET, deny";
    const policy = converted(rows, ["GET /orders/{id}"]);
    expect(placed(policy.refused)).toEqual([
      "2:7: the API has no route for `GET /orders/export`: such a request reaches `GET /orders/{id}`, and the row is about a part of its paths",
    ]);
    expect(policy.mayWiden).toBe(true);
    const allowing = converted(rows.replace("deny", "allow"), ["GET /orders/{id}"]);
    expect([allowing.refused.length, allowing.mayWiden]).toEqual([1, false]);
  });

  it("takes such a row where the API has a route for that part, or gives the path to the policy", () => {
    const rows = "p, a, /orders/:id, GET, allow\np, a, /orders/export, GET, deny";
    const finer = converted(rows, ["GET /orders/{id}", "GET /orders/export"]);
    const greedy = converted(rows, ["ANY /{proxy+}"]);
    const byDefault = converted(rows, ["$default"]);
    const byPath = converted(rows, ["GET /orders/{id}"], "rest", true);
    for (const policy of [finer, greedy, byDefault, byPath]) {
      expect(policy.refused).toEqual([]);
      expect(routesOf(policy)).toEqual(
        expect.arrayContaining([
          "g2, GET /orders/export, orders:read",
          "g2, GET /orders/export, orders-export:list",
        ]),
      );
    }
  });

  it("names rows that no request of the API meets, and has nothing for them", () => {
    const policy = converted("p, a, /orders, GET, allow\np, a, /invoices/:id, GET, deny", ["ANY /orders"]);
    expect(placed(policy.unreached)).toEqual([
      "2:7: the API has no route for what the row is about, so no request meets it",
    ]);
    expect(policy.refused).toEqual([]);
    expect(policy.files.find(({ path }) => path === "roles.csv")?.text).toMatch(
      /\np, group:a, orders:list, allow\n\n# Not converted:\n# {3}policy\.csv:2:7: .*\n$/,
    );
  });

  it("is nothing where no row has a route, or where a route has two spellings", () => {
    const unmet = converted("p, a, /orders, GET, allow", ["GET /other"]);
    expect([unmet.files, placed(unmet.refused)]).toEqual([
      [],
      ["1:7: the API has no route for what the row is about, so no request meets it"],
    ]);
    const twice = converted("p, a, /orders/:id, GET, allow", ["GET /orders/{id}", "GET /orders/{orderId}"]);
    expect([twice.files, placed(twice.refused)]).toEqual([
      [],
      ["2:5: `GET /orders/{orderId}` differs from `GET /orders/{id}` only in the name of a parameter"],
    ]);
  });

  it("refuses what only a `HEAD` request would meet otherwise, since it is decided as `GET`", () => {
    const rows = "p, a, /orders/:id, GET, allow\np, a, /orders/export, GET, deny";
    const { refused } = converted(rows, ["ANY /orders/{id}", "GET /orders/export"]);
    expect(placed(refused)).toEqual([
      expect.stringMatching(/^2:7: the API has no route for `HEAD \/orders\/export`/),
    ]);
  });

  it("takes `*` for all paths, also where a row about a path is refused", () => {
    const { files, refused } = converted("p, a, *, .*, allow\np, a, /a//b, GET, allow\np, a, *, G.T, deny", [
      "GET /",
    ]);
    expect(placed(refused).map((one) => one.slice(0, 4))).toEqual(["2:7:", "3:10"]);
    expect(routesOf({ files } as ReturnType<typeof converted>)).toEqual(["g2, GET /, api:any"]);
  });
});
