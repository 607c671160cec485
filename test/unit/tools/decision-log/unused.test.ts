import { parsePolicy } from "../../../../src/policy/parse.ts";
import type { Subject } from "../../../../src/policy/subject.ts";
import { type LogEntry, readEntry } from "../../../../src/tools/decision-log/entry.ts";
import { createMessageReader } from "../../../../src/tools/decision-log/messages.ts";
import { createUnused, type Unused } from "../../../../src/tools/decision-log/unused.ts";
import { decisionLine } from "../../../support/decision-log-lines.ts";
import { policyFrom } from "../../../support/policy.ts";

const OPEN = { since: undefined, until: undefined };

function entryOf(line: string): LogEntry {
  const [message] = createMessageReader()(line);
  return readEntry(message ?? { kind: "text" });
}

function unusedOf(
  csv: string,
  requests: readonly (readonly [route: string, ...subjects: Subject[]])[],
): Unused {
  const policy = policyFrom(csv);
  const { rows } = parsePolicy([{ path: "policies/test.csv", text: csv }]);
  const unused = createUnused(policy, rows, OPEN);
  for (const [route, ...subjects] of requests) {
    unused.add(entryOf(decisionLine(policy, { route, subjects, parameters: {}, claims: {} })));
  }
  return unused.result();
}

const rowsOf = ({ rows }: Unused) => rows.map(({ row }) => row);

describe("grants that a log has no use of", () => {
  const CSV = `
g, group:staff, role:viewer
g, group:admins, role:admin
g, role:admin, role:viewer
p, role:viewer, orders:read, allow
p, role:admin, orders:delete, allow
g2, GET /orders, orders:read
g2, DELETE /orders, orders:delete
`;

  test("are those that no allowed decision hung on, with their place", () => {
    const found = unusedOf(CSV, [["GET /orders", "group:staff"]]);
    expect(found.rows).toEqual([
      { file: "policies/test.csv", line: 3, row: "g, group:admins, role:admin" },
      { file: "policies/test.csv", line: 4, row: "g, role:admin, role:viewer" },
      { file: "policies/test.csv", line: 6, row: "p, role:admin, orders:delete, allow" },
    ]);
    expect(found).toMatchObject({ considered: 5, log: { decisions: 1, days: 1 } });
  });

  test("keep every row on the way from what the token held to the row that decided", () => {
    expect(rowsOf(unusedOf(CSV, [["GET /orders", "group:admins"]]))).toEqual([
      "g, group:staff, role:viewer",
      "p, role:admin, orders:delete, allow",
    ]);
  });

  test("are not used by a denied decision", () => {
    expect(rowsOf(unusedOf(CSV, [["DELETE /orders", "group:staff"]]))).toHaveLength(5);
  });

  test("never hold a row that denies, nor one that gives a role that denies", () => {
    const csv = `
g, group:suspended, role:suspended
g, role:suspended, role:barred
g, group:staff, role:viewer
p, role:barred, *, deny
p, role:viewer, orders:read, allow
g2, GET /orders, orders:read
`;
    expect(rowsOf(unusedOf(csv, []))).toEqual([
      "g, group:staff, role:viewer",
      "p, role:viewer, orders:read, allow",
    ]);
  });

  test("do not hold what no log could show: a permission that opens no route", () => {
    const csv = `
g, group:staff, role:viewer
p, role:viewer, billing:export, allow
p, group:staff, orders:read, allow
g2, GET /orders, orders:read
`;
    const found = unusedOf(csv, [["GET /orders", "group:staff"]]);
    expect(found.rows).toEqual([]);
    expect(found.unseeable.map(({ row }) => row)).toEqual([
      "g, group:staff, role:viewer",
      "p, role:viewer, billing:export, allow",
    ]);
  });

  test("do not hold what may open a tool of an MCP server, whose calls are not logged", () => {
    const csv = `
p, group:staff, orders:refund, allow
p, group:staff, orders:delete, allow
g2, POST /refunds, orders:refund
g2, Tool.refundOrder, orders:refund
g2, DELETE /orders, orders:delete
`;
    const found = unusedOf(csv, []);
    expect(found.rows.map(({ row }) => row)).toEqual(["p, group:staff, orders:delete, allow"]);
    expect(found.unseeable.map(({ row }) => row)).toEqual(["p, group:staff, orders:refund, allow"]);
  });

  test("count a row as used that matches today, though another spelling of it decided then", () => {
    const before = policyFrom("p, group:staff, orders:read, allow\ng2, GET /orders, orders:read");
    const csv = "p, group:staff, orders:*, allow\ng2, GET /orders, orders:read";
    const unused = createUnused(
      policyFrom(csv),
      parsePolicy([{ path: "policies/test.csv", text: csv }]).rows,
      OPEN,
    );
    const request = { route: "GET /orders", subjects: ["group:staff"], parameters: {}, claims: {} } as const;
    unused.add(entryOf(decisionLine(before, request)));
    expect(unused.result().rows).toEqual([]);
  });
});
