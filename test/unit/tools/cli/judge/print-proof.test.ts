import { provePolicies } from "../../../../../src/tools/access/proof/proof.ts";
import { printProof } from "../../../../../src/tools/cli/judge/print-proof.ts";
import { contextIn } from "../../../../support/command-context.ts";
import { policyFrom } from "../../../../support/policy.ts";

const ROWS = `g2, GET /orders, orders:read
g2, GET /reports, reports:read
p, role:authenticated, orders:read, allow
p, role:authenticated, reports:read, allow
`;

function said(before: string, after: string): string {
  const { context, written } = contextIn(".");
  const proof = provePolicies(policyFrom(before), policyFrom(after));
  printProof(context.output.screen, { ...proof, groups: [] }, { base: "main", head: "policies" });
  return written();
}

describe("the answers that a proof shows", () => {
  it("say of a denial what is missing: a grant, the app, the route", () => {
    expect(said(ROWS, ROWS.replace("p, role:authenticated, orders:read, allow\n", ""))).toContain(
      "policies  denied: no row grants it\n",
    );
    expect(said(ROWS, `${ROWS}p3, client:web, *\n`)).toContain(
      "policies  denied: no p3 row covers it for the app\n",
    );
    expect(said(ROWS, ROWS.replace("g2, GET /orders, orders:read\n", ""))).toContain(
      "policies  denied: no row declares the route\n",
    );
  });

  it("name the row that denies, and the token that is missing", () => {
    expect(said(ROWS, `${ROWS}p, role:authenticated, orders:read, deny\n`)).toContain(
      "policies  denied by policies/test.csv:5  p, role:authenticated, orders:read, deny\n",
    );
    expect(said(ROWS, ROWS.replace("GET /orders, orders:read", "GET /orders, public"))).toContain(
      "main      denied: it has no token\n  policies  allowed: the route is public\n",
    );
  });
});
