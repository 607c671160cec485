import { parseRows } from "../../../../../src/policy/parse.ts";
import { rowDigest } from "../../../../../src/policy/row-description.ts";
import { createRowUses } from "../../../../../src/tools/decision-log/row-uses.ts";
import { rowLens } from "../../../../../src/tools/editor/lenses/row-lens.ts";
import { testedRows } from "../../../../../src/tools/editor/lenses/tested-rows.ts";
import { policyFrom } from "../../../../support/policy.ts";

const CSV = `p, role:viewer, orders:read, allow
p, role:idle, orders:read, allow
p, role:authenticated, orders:create, allow
p, role:viewer, orders:refund, deny
g, role:clerk, role:viewer
g, group:staff, role:clerk
g, group:{tenant}.viewers, role:viewer
g, client:job, role:viewer
g2, GET /orders, orders:read
g2, GET /health, public
g2, POST /orders, orders:create
p3, client:web, orders:*
p2, *@example.com, allow`;

const NOW = Date.parse("2026-11-24T12:00:00Z");
const DAY = 86_400_000;
const policy = policyFrom(CSV);
const { rows } = parseRows("policies/test.csv", CSV);
const NOTHING = { tests: undefined, log: undefined };

function titleOf(text: string, facts: Parameters<typeof rowLens>[2] = NOTHING): string | undefined {
  const row = rows.find((one) => one.text === text);
  if (row === undefined) throw new Error(`no row ${text}`);
  return rowLens(policy, row, facts)?.title;
}

/** A log with so many decisions by a row, so many days ago. */
function logOf(counts: readonly (readonly [row: string, count: number, daysAgo: number])[]) {
  const uses = createRowUses(NOW);
  for (const [row, count, daysAgo] of counts) {
    const decision = {
      time: NOW - daysAgo * DAY,
      about: "call",
      determining: [{ at: "policies/other.csv:9", digest: rowDigest(row) }],
    } as never;
    for (let index = 0; index < count; index += 1) {
      uses.add({ kind: "decisions", decisions: [decision], stopped: 0 });
    }
  }
  return { uses, now: NOW, isPart: false };
}

describe("the lens above a row", () => {
  it.each([
    ["p, role:viewer, orders:read, allow", "3 holders"],
    ["p, role:idle, orders:read, allow", "no holders"],
    ["p, role:authenticated, orders:create, allow", "every user"],
    ["g, group:staff, role:clerk", "role:clerk: 1 member"],
    ["g2, GET /orders, orders:read", "3 holders"],
    ["g2, POST /orders, orders:create", "every user"],
    ["g2, GET /health, public", "open to everyone"],
    ["p3, client:web, orders:*", "2 routes"],
    ["p2, *@example.com, allow", undefined],
  ])("says of %s: %s", (row, title) => {
    expect(titleOf(row)).toBe(title);
  });

  it("counts the tests that the row decides, and says where there are none", () => {
    const text = `principals:
  sam: { groups: [staff] }
client: web
suites:
  - name: Orders
    principals: [sam]
    routes: [GET /orders, POST /orders]
    allow: { sam: "*" }
`;
    const steps = testedRows(policy, rows, [{ name: "policies/tests/a.test.yaml", text }]);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    const facts = { tests: step.value, log: undefined };
    expect(titleOf("p, role:viewer, orders:read, allow", facts)).toBe("3 holders, 1 test");
    expect(titleOf("p3, client:web, orders:*", facts)).toBe("2 routes, 2 tests");
    expect(titleOf("g, group:staff, role:clerk", facts)).toBe("role:clerk: 1 member, 1 test");
    expect(titleOf("g2, GET /health, public", facts)).toBe("open to everyone");
    expect(titleOf("p, role:viewer, orders:refund, deny", facts)).toBe("3 holders, no tests");
  });

  it("counts what the row decided in the last seven days, digits grouped", () => {
    const allow = "p, role:viewer, orders:read, allow";
    const log = logOf([
      [allow, 1204, 2],
      [allow, 50, 8],
      ["p, role:viewer, orders:refund, deny", 1, 6],
    ]);
    const facts = { tests: undefined, log };
    expect(titleOf(allow, facts)).toBe("3 holders, 1,204 allowed last week");
    expect(titleOf("p, role:viewer, orders:refund, deny", facts)).toBe("3 holders, 1 denied last week");
    expect(titleOf("p, role:idle, orders:read, allow", facts)).toBe("no holders, none allowed last week");
    expect(titleOf("g, group:staff, role:clerk", facts)).toBe("role:clerk: 1 member");
    expect(titleOf(allow, { tests: undefined, log: { ...log, isPart: true } })).toBe(
      "3 holders, at least 1,204 allowed last week",
    );
    // Two days later the six days old use is no longer of the last week.
    const later = { tests: undefined, log: { ...log, now: NOW + 2 * DAY } };
    expect(titleOf("p, role:viewer, orders:refund, deny", later)).toBe("3 holders, none denied last week");
  });

  it("says nothing of a log without decisions of the last week", () => {
    const log = logOf([["p, role:viewer, orders:read, allow", 3, 20]]);
    expect(titleOf("p, role:viewer, orders:read, allow", { tests: undefined, log })).toBe("3 holders");
  });
});
