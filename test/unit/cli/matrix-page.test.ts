import type { Access } from "../../../src/analysis/report/access.ts";
import { matrixPage } from "../../../src/cli/report/matrix-page.ts";
import type { Subject } from "../../../src/policy/subject.ts";

test("a matrix of 500 roles and 1,000 routes is below 10 MB, since a cell that grants nothing is nearly nothing", () => {
  const columns = Array.from({ length: 500 }, (_, n): Subject => `role:team${n}`);
  const none: Access = { kind: "none", when: [], unless: [] };
  const allowed: Access = { kind: "allowed", when: [], unless: [] };
  const rows = Array.from({ length: 1_000 }, (_, n) => ({
    name: `GET /resource-${n}/{id}`,
    access: columns.map((_column, at) => ((n + at) % 20 === 0 ? allowed : none)),
  }));
  const page = matrixPage({ policyVersion: "0", columns, rows, what: "routes" });
  expect(page.length).toBeLessThan(10_000_000);
  expect(page.match(/<td class="allowed">/g)).toHaveLength(25_000);
});
