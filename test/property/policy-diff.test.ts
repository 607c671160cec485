import fc from "fast-check";
import { decide } from "../../src/policy/decide.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import { parseRows } from "../../src/policy/parse.ts";
import { AUTHENTICATED } from "../../src/policy/subject.ts";
import { kindOfLeaf } from "../../src/tools/access/holding.ts";
import { diffPolicies } from "../../src/tools/access/policy-diff.ts";
import { idleRows } from "../../src/tools/access/row-effects.ts";
import { assembledAnew } from "../support/assembled-anew.ts";
import { drawn } from "../support/drawn.ts";
import {
  decisionCase,
  type GeneratedRequest,
  type GeneratedRow,
  spellRow,
} from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";
import { MODEL } from "../support/policy.ts";

const sideOf = (rows: readonly GeneratedRow[]) => ({
  policy: policyOf(rows),
  rows: parseRows("policies/generated.csv", rows.map(spellRow).join("\n")).rows,
});

/**
 * As a token that there can be: of one kind, with no role but its kind's; and with the parameters of the route, all of
 * them, or with any arguments of a tool.
 */
function asToken(request: GeneratedRequest): GeneratedRequest {
  const [kind = AUTHENTICATED] = request.subjects.flatMap((subject) => kindOfLeaf(subject) ?? []);
  const own = request.subjects.filter((subject) => kindOfLeaf(subject)?.[0] === kind);
  const names = Array.from(request.route?.matchAll(/\{([^}+]+)\+?\}/g) ?? [], ([, name = ""]) => name);
  const valueFor = (name: string) =>
    Object.hasOwn(request.parameters, name) ? request.parameters[name] : undefined;
  const parameters = request.route?.startsWith("Tool.")
    ? request.parameters
    : Object.fromEntries(names.map((name) => [name, valueFor(name) ?? "u1"]));
  const app = request.app ?? { client: "web", scopes: [] };
  // A machine never signs in.
  const authTime = kind === AUTHENTICATED ? request.authTime : undefined;
  return { ...request, parameters, subjects: [...new Set([kind, ...own])], app, authTime };
}

/** A case, and which of its rows are only in one of the two policies. */
const twoPolicies = fc
  .tuple(decisionCase({ min: 20, max: 20 }), fc.infiniteStream(fc.nat({ max: 9 })))
  .map(([one, stream]) => {
    const numbers = [...stream.take(one.rows.length)];
    const keeps = (skipped: number) =>
      one.rows.filter((row, index) => !["p", "g", "p3"].includes(row[0] ?? "") || numbers[index] !== skipped);
    return { before: keeps(0), after: keeps(1), requests: one.requests.map(asToken) };
  })
  .filter(({ before, after }) => [before, after].every((rows) => rows.some(([type]) => type === "p")));

describe("the difference of two policies", () => {
  it("has every request that comes out otherwise, and says in which direction", () => {
    const seen = { wider: 0, narrower: 0 };
    fc.assert(
      fc.property(twoPolicies, ({ before, after, requests }) => {
        const [old, now] = [sideOf(before), sideOf(after)];
        const diff = diffPolicies(old, now);
        for (const request of requests) {
          const was = decide(old.policy, request).effect;
          const is = decide(now.policy, request).effect;
          if (was === is) continue;
          const onRoute = diff.access.filter(({ decidedAfter }) => decidedAfter === request.route);
          if (is === "allow") {
            seen.wider += 1;
            expect(onRoute.some(({ widens }) => widens)).toBe(true);
            expect(diff.widens).toBe(true);
          } else {
            seen.narrower += 1;
            expect(onRoute.some(({ narrows }) => narrows)).toBe(true);
          }
        }
      }),
      { ...drawn(150), endOnFailure: true },
    );
    expect(seen.wider).toBeGreaterThan(15);
    expect(seen.narrower).toBeGreaterThan(20);
  });

  it("does not hang on the rows that are said to change nothing: without all of them it is the same", () => {
    const seen = { deciding: 0, idle: 0 };
    fc.assert(
      fc.property(twoPolicies, ({ before, after }) => {
        const [old, now] = [sideOf(before), sideOf(after)];
        const { rows: changes } = diffPolicies(old, now);
        const tried = idleRows(now.policy, changes);
        expect(tried).toEqual(idleRows(now.policy, changes, assembledAnew(now)));
        const idle = tried ?? new Set();
        seen.idle += idle.size;
        seen.deciding += changes.length - idle.size;
        const texts = new Set(now.rows.map(({ text }) => text));
        for (const { kind, row } of idle) kind === "added" ? texts.delete(row) : texts.add(row);
        const file = { path: "policies/generated.csv", text: [...texts].join("\n") };
        const policy = loadPolicy({ model: MODEL, rows: [file] });
        const without = { policy, rows: parseRows(file.path, file.text).rows };
        expect(diffPolicies(now, without).differs).toBe(false);
        expect(diffPolicies(old, without).differs).toBe(diffPolicies(old, now).differs);
      }),
      { ...drawn(100, 25), endOnFailure: true },
    );
    expect(seen.deciding).toBeGreaterThan(20);
    expect(seen.idle).toBeGreaterThan(20);
  });

  it("is nothing between a policy and itself", () => {
    fc.assert(
      fc.property(decisionCase({ min: 1, max: 1 }), ({ rows }) => {
        const side = sideOf(rows);
        expect(diffPolicies(side, side)).toMatchObject({
          access: [],
          addresses: [],
          rows: [],
          differs: false,
        });
      }),
    );
  });
});
