import fc from "fast-check";
import { rowText } from "../../src/policy/csv.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import { provePolicies } from "../../src/tools/access/proof/proof.ts";
import { apiOperations } from "../../src/tools/export/openapi/api-operations.ts";
import { newDocument } from "../../src/tools/export/openapi/new-document.ts";
import { securedDocument } from "../../src/tools/export/openapi/secured-document.ts";
import { convertOpenApi } from "../../src/tools/import/openapi/convert.ts";
import { readOpenApi } from "../../src/tools/openapi/read-document.ts";
import { yamlOf } from "../../src/tools/text/yaml-nodes.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { MODEL } from "../support/policy.ts";

const PATHS = ["/", "/orders", "/orders/{orderId}", "/orders/export", "/a/{b}/c", "/v1.0/x~y:z"];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const PERMISSIONS = ["orders:read", "orders:list", "a.b:c"];

/** Routes that a document can have, and some that it cannot. */
const routes = fc
  .dictionary(
    fc.oneof(
      {
        weight: 9,
        arbitrary: fc
          .tuple(fc.constantFrom("GET", "GET", "ANY", ...METHODS), fc.constantFrom(...PATHS))
          .map((parts) => parts.join(" ")),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom("ANY /files/{proxy+}", "$default", "$connect", "Query.orders", "Tool.x"),
      },
    ),
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.uniqueArray(fc.constantFrom(...PERMISSIONS), { minLength: 1, maxLength: 2 }),
      },
      { weight: 1, arbitrary: fc.constant(["public"]) },
    ),
    { minKeys: 1, maxKeys: 6, noNullPrototype: true },
  )
  .map((opened) => Object.entries(opened));

/** Who holds the permissions: not of the document, so it has to stay as it is. */
const REST = {
  path: "roles.csv",
  text: `p, role:clerk, orders:*, allow
p, role:boss, *, allow
p, group:suspended, orders:read, deny
p, scope:orders-api/read, a.b:c, allow
g, group:clerks, role:clerk
`,
};

function policyOf(rows: readonly string[]) {
  return loadPolicy({ model: MODEL, rows: [{ path: "routes.csv", text: rows.join("\n") }, REST] });
}

const DESCRIBED = { scheme: "claimgate", loginUrl: undefined, gateways: new Set<"http">() };

describe("the OpenAPI document of a policy", () => {
  it("gives back a policy that is proven unchanged, but for the routes that it names as left out", () => {
    const met = { whole: 0, leftOut: 0 };
    fc.assert(
      fc.property(
        routes,
        fc.constantFrom("3.0" as const, "3.1" as const),
        fc.boolean(),
        (opened, version, isJson) => {
          const rows = opened.flatMap(([route, permissions]) =>
            permissions.map((permission) => rowText("g2", [route, permission])),
          );
          const before = policyOf(rows);
          const { operations, leftOut } = apiOperations(before);
          const made = newDocument(operations.values(), DESCRIBED, { version, title: "Orders" });
          const text = isJson ? JSON.stringify(made) : yamlOf(made);
          const document = readOpenApi("openapi.yaml", text);
          expect(document.problems).toEqual([]);
          // It has nothing to add to what it wrote itself.
          expect(securedDocument({ text, document, basePath: "" }, operations, DESCRIBED).text).toBe(text);
          const { files, refused } = convertOpenApi({ document, apps: [], basePath: undefined });
          if (operations.size === 0) return;
          expect(refused).toEqual([]);
          const left = new Set(leftOut.map(({ route }) => route));
          const own = rows.filter((row) => [...left].some((route) => row.startsWith(`g2, ${route}, `)));
          const [imported] = files;
          const after = loadPolicy({
            model: MODEL,
            rows: [
              { path: "routes.csv", text: imported?.text ?? "" },
              { path: "left.csv", text: own.join("\n") },
              REST,
            ],
          });
          const { verdict, unproven, wider, narrower } = provePolicies(before, after);
          expect({ verdict, unproven, wider, narrower }).toEqual({ verdict: "equal", unproven: [] });
          met[left.size > 0 ? "leftOut" : "whole"] += 1;
        },
      ),
      drawn(400),
    );
    expect(met.whole).toBeGreaterThan(partOf(100));
    expect(met.leftOut).toBeGreaterThan(partOf(50));
  });
});
