import type { Subject } from "../../../../../src/policy/subject.ts";
import type { Access } from "../../../../../src/tools/access/access.ts";
import { matrixPage } from "../../../../../src/tools/report/matrix-page.ts";

test("a matrix of 500 roles and 1,000 routes is below 10 MB, since what is equal is one column", () => {
  const columns = Array.from({ length: 500 }, (_, n): Subject => `role:team${n}`);
  const none: Access = { kind: "none", when: [], unless: [] };
  const allowed: Access = { kind: "allowed", when: [], unless: [] };
  const rows = Array.from({ length: 1_000 }, (_, n) => ({
    name: `GET /resource-${n}/{id}`,
    access: columns.map((_column, at) => ((n + at) % 20 === 0 ? allowed : none)),
  }));
  const page = matrixPage({ policyVersion: "0", columns, rows, what: "routes" });
  expect(page.length).toBeLessThan(10_000_000);
  // Team 20 has what team 0 has, and so on: 20 columns, of which each row allows one.
  expect(page.match(/data-holder=/g)).toHaveLength(500);
  expect(page.match(/<th scope="col"/g)).toHaveLength(1 + 20);
  expect(page.match(/<td class="allowed">/g)).toHaveLength(1_000);
});

test("cells side by side that grant nothing are one", () => {
  const columns = Array.from({ length: 500 }, (_, n): Subject => `role:team${n}`);
  const none: Access = { kind: "none", when: [], unless: [] };
  const allowed: Access = { kind: "allowed", when: [], unless: [] };
  const rows = columns.map((_, n) => ({
    name: `GET /resource-${n}`,
    access: columns.map((_column, at) => (n === at ? allowed : none)),
  }));
  const page = matrixPage({ policyVersion: "0", columns, rows, what: "routes" });
  const [first, second] = page.slice(page.indexOf("<tbody>")).split("\n");
  expect(first).toMatch(/<td class="allowed">allowed<td colspan="499"><\/tr>$/);
  expect(second).toMatch(/<td><td class="allowed">allowed<td colspan="498"><\/tr>$/);
  expect(page.match(/<td/g)).toHaveLength(500 + 2 * 499);
  expect(page.length).toBeLessThan(250_000);
});
