import fc from "fast-check";
import type { InputLogging } from "../../src/lambda/decision-log.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { AUTHENTICATED, MACHINE } from "../../src/policy/subject.ts";
import { createReplayer } from "../../src/tools/decision-log/decide-again.ts";
import { type LogEntry, readEntry } from "../../src/tools/decision-log/entry.ts";
import { createLearning, type Learning } from "../../src/tools/decision-log/learning/learn.ts";
import { createCaseReader } from "../../src/tools/decision-log/learning/learned-case.ts";
import { createMessageReader } from "../../src/tools/decision-log/messages.ts";
import { runSuite } from "../../src/tools/policy-tests/run-suites.ts";
import { parseTestFile } from "../../src/tools/policy-tests/test-file.ts";
import { decisionLine } from "../support/decision-log-lines.ts";
import { drawn } from "../support/drawn.ts";
import { decisionCase, type GeneratedRequest, type GeneratedRow } from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";
import { asOfToken, resolvedRoute } from "../support/token-request.ts";

const OPEN = { since: undefined, until: undefined };
const modes = fc.constantFrom<InputLogging>("plain", "hashed");
const someRequests = decisionCase({ min: 8, max: 12 });

function learned(policy: Policy, entries: readonly LogEntry[]): Learning {
  const learning = createLearning(policy, { period: OPEN, min: 1, otherVersions: false });
  for (const entry of entries) learning.add(entry);
  return learning.result();
}

/** What is wrong with the suite for a policy: findings of its file, and decisions that fail. */
function complaints(policy: Policy, text: string): readonly string[] {
  const { suites, findings } = parseTestFile(policy, "learned.test.yaml", text);
  const failures = suites.flatMap((suite) => runSuite(policy, suite)).flatMap(({ failure }) => failure ?? []);
  return [...findings.map(({ message }) => message), ...failures];
}

/** A token is a user's or a machine's. */
function asOneKind(request: GeneratedRequest): GeneratedRequest {
  const asked = asOfToken(request);
  const isMachine = asked.subjects.includes(MACHINE);
  const own = asked.subjects.filter(
    (one) => /^(?:client|scope):/.test(one) === isMachine && !one.startsWith("role:"),
  );
  const { authTime, app } = asked;
  return isMachine
    ? { ...asked, subjects: [MACHINE, ...own], authTime: undefined, app: undefined }
    : { ...asked, subjects: [AUTHENTICATED, ...own], authTime, app };
}

/** Rows that differ in nothing but the effect contradict each other, and do not load. */
function duplicateKey(row: GeneratedRow): string {
  return JSON.stringify(row[0] === "p" ? row.filter((_, column) => column !== 3) : row);
}

/** Undefined if the policy would not load. */
function mutated(rows: readonly GeneratedRow[], index: number, turnsAround: boolean): Policy | undefined {
  const mutant = rows.flatMap((row, at) => {
    if (at !== index) return [row];
    if (!turnsAround || row[0] !== "p") return [];
    return [row.map((field, column) => (column !== 3 ? field : field === "allow" ? "deny" : "allow"))];
  });
  const different = [...new Map(mutant.map((row) => [duplicateKey(row), row])).values()];
  return different.some(([type]) => type === "p") ? policyOf(different) : undefined;
}

const entriesOf = (policy: Policy, requests: Parameters<typeof decisionLine>[1][], inputs: InputLogging) =>
  requests.map((request) => {
    const route = resolvedRoute(policy, request.route);
    const line = decisionLine(policy, { ...request, route }, { inputs, matched: request.route });
    const [message] = createMessageReader()(line);
    return readEntry(message ?? { kind: "text" });
  });

describe("a learned suite", () => {
  it("passes on the policy that decided, and fails on one that decides a learned request otherwise", () => {
    const seen = { learned: 0, leftOut: 0, changed: 0 };
    fc.assert(
      fc.property(someRequests, modes, fc.boolean(), ({ rows, requests }, mode, turnsAround) => {
        const policy = policyOf(rows);
        const entries = entriesOf(policy, requests.map(asOneKind), mode);
        const { suite, learned: count, leftOut } = learned(policy, entries);
        seen.learned += count;
        seen.leftOut += leftOut.reduce((sum, one) => sum + one.count, 0);
        if (suite === undefined) return;
        expect(complaints(policy, suite.text)).toEqual([]);
        const [before, read] = [createReplayer(policy), createCaseReader(policy)];
        const inSuite = entries
          .flatMap((entry) => (entry.kind === "decisions" ? entry.decisions : []))
          .filter((logged) => {
            const again = before.decideAgain(logged);
            return again.kind === "decided" && typeof read(again.request, again.decision) !== "string";
          });
        // Some of the rows that decided are removed, or their effect turns around.
        const lines = new Set(inSuite.flatMap(({ determining }) => determining.map(({ at }) => at)));
        for (const line of [...lines].slice(0, 3)) {
          const index = Number(line.split(":").at(-1)) - 1;
          const after = mutated(rows, index, turnsAround);
          if (after === undefined) continue;
          const replayer = createReplayer(after);
          const differs = inSuite.some((logged) => {
            const again = replayer.decideAgain(logged);
            return again.kind === "decided" && again.effect !== logged.effect;
          });
          if (!differs) continue;
          seen.changed += 1;
          expect(complaints(after, suite.text)).not.toEqual([]);
        }
      }),
      drawn(160, 20),
    );
    expect(seen.learned).toBeGreaterThan(seen.leftOut);
    expect(seen.changed).toBeGreaterThan(8);
  });

  it("keeps the name of a tenant whose group has rows of its own", () => {
    const rows: GeneratedRow[] = [
      ["p", "group:acme", "*", "allow"],
      ["p", "role:editor", "order:read", "allow"],
      ["g", "group:{tenantId}", "role:editor"],
      ["g2", "GET /tenants/{tenantId}/orders", "order:read"],
    ];
    const policy = policyOf(rows);
    const request: GeneratedRequest = {
      subjects: ["group:acme", "group:globex"],
      route: "GET /tenants/{tenantId}/orders",
      parameters: {},
      claims: {},
      authTime: undefined,
      time: undefined,
      app: undefined,
    };
    const { suite } = learned(policy, entriesOf(policy, [asOneKind(request)], "plain"));
    expect(suite?.text).toContain("groups: [acme, tenant-b]");
    const after = mutated(rows, 0, true);
    expect(after && complaints(after, suite?.text ?? "")).not.toEqual([]);
  });
});
