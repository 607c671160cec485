import fc from "fast-check";
import { appOf } from "../../src/policy/app.ts";
import { decide } from "../../src/policy/decide.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { tokenSubjects } from "../../src/policy/subject.ts";
import { convertOpenApi } from "../../src/tools/import/openapi/convert.ts";
import { readOpenApi } from "../../src/tools/openapi/read-document.ts";
import { drawn, partOf } from "../support/drawn.ts";
import {
  APPS,
  documentAllows,
  documentText,
  openApiDocument,
  TOKENS,
  type Token,
} from "../support/openapi-documents.ts";
import { MODEL } from "../support/policy.ts";

function policyAllows(policy: Policy, route: string, token: Token | undefined): boolean {
  const entry = policy.routeEntries.get(route);
  if (entry === undefined) return false;
  if (entry.permissions.length === 0) return true;
  if (token === undefined) return false;
  const subjects =
    token.kind === "user"
      ? tokenSubjects({ kind: "user", sub: "someone", groups: token.groups })
      : tokenSubjects({ kind: "machine", client: token.client, scopes: token.scopes });
  return (
    decide(policy, { subjects, app: appOf(token), route, parameters: {}, claims: {} }).effect === "allow"
  );
}

const OTHER = { path: "other.csv", text: "p, role:other, other:call, allow\n" };

describe("the policy of an OpenAPI document", () => {
  it("allows each operation to exactly the tokens that the document allows it to, or has no row for it", () => {
    const met = { exact: 0, refused: 0, allowed: 0, denied: 0, apps: 0 };
    fc.assert(
      fc.property(openApiDocument, (generated) => {
        const document = readOpenApi("openapi.json", documentText(generated));
        const { files, refused, routes } = convertOpenApi({ document, apps: APPS, basePath: undefined });
        expect(
          refused.every(({ line, column, message, fix }) => line > 1 && column > 0 && message && fix),
        ).toBe(true);
        if (files.length === 0) return;
        if (files.some(({ path }) => path === "apps.csv")) met.apps += 1;
        // A document of public operations has no `p` row, and a policy without one does not load.
        const policy = loadPolicy({ model: MODEL, rows: [...files, OTHER] });
        const otherwise: string[] = [];
        for (const [path, methods] of Object.entries(generated.paths)) {
          for (const [key, operation] of Object.entries(methods)) {
            const method = key.startsWith("x-") ? "ANY" : key.toUpperCase();
            const route = `${method} ${path}`;
            if (!routes.includes(route)) {
              met.refused += 1;
              if (policy.routeEntries.has(route)) otherwise.push(`${route} has a row`);
              continue;
            }
            // Who holds permissions of its own, the document does not say.
            if (operation["x-claimgate-permissions"] !== undefined) continue;
            met.exact += 1;
            for (const token of [undefined, ...TOKENS]) {
              const old = documentAllows(generated, path, key, token);
              if (old === true) met.allowed += 1;
              else met.denied += 1;
              if (policyAllows(policy, route, token) !== old)
                otherwise.push(`${route} ${JSON.stringify(token)}: ${old}`);
            }
          }
        }
        expect(otherwise).toEqual([]);
      }),
      drawn(480),
    );
    // The law says little about what is refused, or allowed to none or all.
    expect(met.exact).toBeGreaterThan(partOf(700));
    expect(met.apps).toBeGreaterThan(partOf(150));
    expect(met.refused).toBeGreaterThan(partOf(600));
    expect(met.allowed).toBeGreaterThan(partOf(16_000));
    expect(met.denied).toBeGreaterThan(partOf(4_000));
  });
});
