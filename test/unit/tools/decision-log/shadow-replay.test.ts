import { createLog } from "../../../../src/lambda/log.ts";
import { createShadow } from "../../../../src/lambda/shadow.ts";
import { decide } from "../../../../src/policy/decide.ts";
import type { Policy } from "../../../../src/policy/policy.ts";
import type { Subject } from "../../../../src/policy/subject.ts";
import { readEntry } from "../../../../src/tools/decision-log/entry.ts";
import { createMessageReader } from "../../../../src/tools/decision-log/messages.ts";
import { createShadowReplay } from "../../../../src/tools/decision-log/shadow-replay.ts";
import { policyFrom } from "../../../support/policy.ts";

const POLICY = policyFrom(`p, group:support, orders:read, allow
g2, GET /orders, orders:read
g2, DELETE /orders, orders:delete`);
const CANDIDATE = policyFrom(`p, group:support, orders:delete, allow
g2, ANY /orders, orders:delete`);

/** The lines of a function that starts with the candidate and gets these requests. */
function linesOf(candidate: Policy, asked: readonly (readonly [method: string, ...Subject[]])[]): string[] {
  const lines: string[] = [];
  const now = () => new Date("2026-11-10T08:00:00Z");
  const shadow = createShadow(
    createLog((line) => lines.push(line), now),
    POLICY.version,
    () => candidate,
    (run) => run(),
  );
  for (const [method, ...subjects] of asked) {
    const route = `${method} /orders`;
    const request = { subjects, app: undefined, claims: {} };
    shadow?.({
      ...request,
      gateway: "http",
      requestId: `r-${lines.length}`,
      matched: { method, template: "/orders", path: "/orders", encoding: "decoded", parameters: {} },
      authTime: undefined,
      time: 0,
      decided: { by: "policy", route, decision: decide(POLICY, { ...request, route, parameters: {} }) },
    });
  }
  return lines;
}

function replayed(lines: readonly string[]) {
  const replay = createShadowReplay(CANDIDATE, { since: undefined, until: undefined });
  for (const line of lines) {
    const [message] = createMessageReader()(line);
    replay.add(readEntry(message ?? { kind: "text" }));
  }
  return replay.result();
}

const STAFF = ["role:authenticated", "group:support"] as const;

describe("the differences that a shadow logged", () => {
  it("are grouped by route, subjects and rows, widening ones first", () => {
    const { changes, differences, starts } = replayed(
      linesOf(CANDIDATE, [
        ["GET", "user:u1", "role:authenticated"],
        ["DELETE", "user:u1", ...STAFF],
        ["DELETE", "user:u2", ...STAFF],
        ["GET", "user:u2", ...STAFF],
      ]),
    );
    expect([starts, differences]).toEqual([1, 2]);
    expect(changes).toMatchObject([
      {
        widens: true,
        route: "ANY /orders",
        count: 2,
        subjects: ["group:support", "role:authenticated"],
        before: [],
        after: [{ at: "policies/test.csv:1", row: "p, group:support, orders:delete, allow" }],
      },
    ]);
  });

  it("of another candidate are counted apart", () => {
    const other = policyFrom("g2, GET /orders, orders:read\np, role:nobody, orders:read, allow");
    const result = replayed([...linesOf(CANDIDATE, []), ...linesOf(other, [["GET", "user:u1", ...STAFF]])]);
    expect(result).toMatchObject({ starts: 1, differences: 0, ofOthers: 2, changes: [] });
  });

  it("say when the candidate could not decide", () => {
    const broken = JSON.stringify({ kind: "shadow-unusable", level: "warn", time: "2026-11-10T08:00:00Z" });
    expect(replayed([...linesOf(CANDIDATE, []), broken])).toMatchObject({ failures: 1 });
  });
});
