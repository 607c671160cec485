import fc from "fast-check";
import { decide } from "../../src/policy/decide.ts";
import { printFinding } from "../../src/policy/finding.ts";
import { loadPolicy, type PolicySources } from "../../src/policy/load.ts";
import { machineSubjects, type Subject, userSubjects } from "../../src/policy/subject.ts";
import { type LintOptions, lint } from "../../src/tools/lint/lint.ts";
import { RULES } from "../../src/tools/lint/registry.ts";
import { parseLintConfiguration } from "../../src/tools/registry/switches.ts";
import { drawn } from "../support/drawn.ts";
import { decisionCase, spellRow } from "../support/generate-policy.ts";
import { MODEL } from "../support/policy.ts";

/** Suggestions are left out: trying them out is most of the work. */
const ROWS_ONLY: LintOptions = { service: undefined, switchedOff: new Map(), withoutSuggestions: true };

function sources(lines: readonly string[]): PolicySources {
  return { model: MODEL, rows: [{ path: "policy.csv", text: lines.join("\n") }] };
}

// Names that no rule could take for each other: they differ in more than case and punctuation.
const WORDS = "alder birch cedar dogwood elm fir ginkgo hazel ivy juniper kapok larch maple nutmeg oak".split(
  " ",
);
const PLACES = ["/a", "/b/{id}", "/c/{id}/d/{userId}", "/e/{userId}", "/f/{id}/{rest+}", "/g"];

interface CorrectPolicy {
  readonly lines: readonly string[];
}

/**
 * Correct by construction: every permission opens a route and is allowed to some role, every role has an
 * allow of its own and is given to a group, roles inherit along their order, and no two rows say the same.
 */
const correctPolicy: fc.Arbitrary<CorrectPolicy> = fc
  .record({
    resources: fc.shuffledSubarray(WORDS, { minLength: 1, maxLength: 5 }),
    roles: fc.shuffledSubarray(WORDS, { minLength: 1, maxLength: 8 }),
    groups: fc.shuffledSubarray(WORDS, { minLength: 1, maxLength: 8 }),
    random: fc.infiniteStream(fc.nat(999)),
    quotedGroup: fc.boolean(),
    shuffled: fc.nat(999),
  })
  .map(({ resources, roles, groups, random, quotedGroup, shuffled }) => {
    const next = (bound: number): number => Number(random.next().value ?? 0) % bound;
    const lines = new Set<string>();
    const permissions = resources.flatMap((resource, at) =>
      // Two actions each, so that `resource:*` is not needless.
      ["read", "write"].map((action) => {
        const methods = ["GET", "PUT", "POST", "DELETE"];
        const route = `${methods[next(4)]} /${resource}${PLACES[next(PLACES.length)]}/${action}`;
        return { name: `${resource}:${action}`, resource, at, route: route.replace("/{rest+}", "") };
      }),
    );
    for (const { name, route } of permissions) lines.add(`g2, ${route}, ${name}`);
    lines.add("g2, GET /health, public");
    // Roles inherit from later ones. A role gets permissions of its own only: no two roles share any.
    roles.forEach((role, index) => {
      const target = roles[index + 1 + next(3)];
      if (target !== undefined) lines.add(`g, role:${role}, role:${target}`);
    });
    permissions.forEach(({ name, route }, index) => {
      const parameter = /\{(\w+)\}/.exec(route)?.[1];
      const condition = parameter !== undefined && next(2) === 0 ? `, {${parameter}}=sub` : "";
      lines.add(`p, role:${roles[index % roles.length]}, ${name}, allow${condition}`);
      // A guard that meets the allow, but does not always win.
      if (parameter !== undefined && condition !== "" && next(3) === 0) {
        lines.add(`p, group:${groups[0]}, ${name}, deny, {${parameter}}!=username`);
      }
    });
    const holders = roles.slice(permissions.length);
    // A role that no permission is left for gets what nobody else has: a permission of its own.
    holders.forEach((role, index) => {
      lines.add(`g2, GET /own/${role}, own-${role}:use`);
      lines.add(`p, role:${role}, own-${role}:use, allow`);
      if (index === 0 && next(2) === 0) lines.add("p, group:suspended-users, *, deny");
    });
    roles.forEach((role, index) => {
      const group = `group:${groups[(index + next(groups.length)) % groups.length]}`;
      lines.add(`g, ${group}, role:${role}`);
      if (next(3) === 0) lines.add(`g3, *@${role}.example, ${group}`);
      if (next(3) === 0) lines.add(`p2, *@${role}.example, allow`);
      if (next(4) === 0) lines.add(`p2, mallory@${role}.example, deny`);
    });
    if (quotedGroup) lines.add(`g, "group:one,two", role:${roles[0]}`);
    const all = [...lines];
    const cut = shuffled % all.length;
    return { lines: [...all.slice(cut), ...all.slice(0, cut)] };
  });

describe("lint", () => {
  it("finds nothing in a policy that is correct", () => {
    fc.assert(
      fc.property(correctPolicy, ({ lines }) => {
        const { findings } = lint(sources(lines), ROWS_ONLY);
        expect(findings.map(printFinding)).toEqual([]);
      }),
      drawn(800),
    );
  });

  // What these rules say of a row is a claim about decisions, so it can be tested as one.
  const CHANGES_NOTHING = new Set([
    "redundant-row",
    "allow-always-denied",
    "deny-without-allow",
    "permission-without-route",
    "role-never-given",
  ]);

  it("reports only rows without which every decision is the same", () => {
    let removed = 0;
    fc.assert(
      fc.property(decisionCase({ min: 10, max: 20 }), ({ rows, requests }) => {
        const lines = rows.map(spellRow);
        const { findings } = lint(sources(lines), ROWS_ONLY);
        const idle = new Set(
          findings.filter(({ rule }) => CHANGES_NOTHING.has(rule)).map(({ line }) => line),
        );
        const kept = lines.filter((_, index) => !idle.has(index + 1));
        if (idle.size === 0 || !kept.some((line) => line.startsWith("p, "))) return;
        // The last row about apps limits all of them, even if it covers nothing.
        const limitsApps = (line: string) => line.startsWith("p3, ");
        if (lines.some(limitsApps) && !kept.some(limitsApps)) return;
        removed += idle.size;
        const [before, after] = [loadPolicy(sources(lines)), loadPolicy(sources(kept))];
        const questions = requests.flatMap(({ subjects, ...request }) =>
          tokensOf(subjects).map((token) => ({ ...request, subjects: token })),
        );
        const otherwise = questions.filter(
          (question) => decide(after, question).effect !== decide(before, question).effect,
        );
        expect(otherwise).toEqual([]);
      }),
      drawn(500),
    );
    expect(removed).toBeGreaterThan(500);
  });

  it("gives the same findings in whatever order the rows are", () => {
    fc.assert(
      fc.property(decisionCase({ min: 1, max: 1 }), ({ rows }) => {
        const lines = rows.map(spellRow);
        const texts = (ordered: readonly string[]) =>
          lint(sources(ordered), ROWS_ONLY)
            .findings.filter(({ rule }) => PER_ROW.has(rule))
            .map(({ rule, line }) => `${rule} ${ordered[line - 1]}`)
            .sort();
        expect(texts([...lines].reverse())).toEqual(texts(lines));
      }),
      drawn(200),
    );
  });

  const TYPES = ["p", "g", "g2", "p2", "g3", "g4", "P", "#", ""];
  const FIELDS = [
    "role:a",
    "group:a",
    "group:\u0430",
    "role:b",
    "user:u",
    "client:c",
    "x:y",
    "x:*",
    "*",
    "allow",
    "deny",
    "{a}=sub",
    "{a}!=exp&{b}=c",
    "GET /x/{a}",
    "ANY /{a+}",
    "$default",
    "public",
    "*@example.com",
    '"',
    '"x"',
    "",
    "\u202e",
  ];
  const nearLine = fc
    .tuple(fc.constantFrom(...TYPES), fc.array(fc.constantFrom(...FIELDS), { maxLength: 5 }))
    .map((parts) => parts.flat().join(", "));

  it("never throws, whatever the files hold, and names only rules that exist", () => {
    const names = new Set(RULES.map(({ id }) => id));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(nearLine, nearLine, fc.string({ unit: "binary" })), { maxLength: 12 }),
        (lines) => {
          const report = lint(sources(lines), {
            service: undefined,
            switchedOff: new Map([["user-row", "for this test only"]]),
          });
          for (const { rule, severity, line, column } of report.findings) {
            expect(severity === "error" || names.has(rule)).toBe(true);
            expect(rule).not.toBe("user-row");
            expect(Math.min(line, column)).toBeGreaterThan(0);
          }
        },
      ),
      drawn(2_000),
    );
  });

  it("reads any configuration without throwing, and every good one right", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" })), (text) => {
        parseLintConfiguration("policies/lint.json", text);
      }),
    );
    const reason = fc.string({ minLength: 1 }).map((text) => `because of ${text}x`);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...RULES.map(({ id }) => id)), reason), (off) => {
        const { switchedOff, findings } = parseLintConfiguration(
          "lint.json",
          JSON.stringify({ off }, null, 2),
        );
        expect(findings).toEqual([]);
        expect(Object.fromEntries(switchedOff)).toEqual({ ...off });
      }),
    );
  });
});

/** Rules whose findings do not depend on which of several places comes first. */
const PER_ROW = new Set([
  "allow-always-denied",
  "allow-everything",
  "condition-claim",
  "condition-parameter",
  "deny-without-allow",
  "needless-wildcard",
  "permission-without-route",
  "user-row",
]);

/** The tokens that can hold the subjects: those of a user, and those of a machine with one client. */
function tokensOf(subjects: readonly Subject[]): Subject[][] {
  const names = (prefix: string) =>
    subjects.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  const [sub = "nobody"] = names("user:");
  const [client] = names("client:");
  return [
    userSubjects({ sub, groups: names("group:") }),
    machineSubjects({ client, scopes: names("scope:") }),
  ];
}
