import fc from "fast-check";
import { decidePermission } from "../../src/policy/decide.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { heldOn } from "../../src/policy/roles.ts";
import type { Subject } from "../../src/policy/subject.ts";
import { EVERY_TARGET } from "../../src/tools/policy-tests/possible-openings.ts";
import { proveInvariant } from "../../src/tools/policy-tests/prove-invariant.ts";
import { parseTestFile } from "../../src/tools/policy-tests/test-file.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { policyFrom } from "../support/policy.ts";

// What an invariant proves of one or two subjects holds for every set of them: all sets are tried here.

const USER = [
  "role:x",
  "role:y",
  "group:a",
  "group:b",
  "user:u",
  "group:1.t",
  "group:2.t",
] as const satisfies readonly Subject[];
const MACHINE = ["role:x", "role:y", "client:c", "scope:s"] as const satisfies readonly Subject[];

const row = fc
  .tuple(
    fc.constantFrom(...USER, "client:c", "scope:s", "role:authenticated", "role:machine"),
    fc.constantFrom("o:read", "o:write", "o:audit", "o:*", "*"),
    fc.constantFrom("allow", "allow", "deny"),
    fc.constantFrom("", "", ", {t}=tenant", ", {t}!=tenant"),
  )
  .map(([subject, permission, effect, condition]) => `p, ${subject}, ${permission}, ${effect}${condition}`);
const roleRow = fc
  .tuple(
    fc.constantFrom("group:a", "group:b", "client:c", "role:x", "user:u", "group:{t}.t"),
    fc.constantFrom("role:x", "role:y"),
  )
  .filter(([member, role]) => member !== role)
  .map(([member, role]) => `g, ${member}, ${role}`);
const policyTexts = fc
  .tuple(fc.uniqueArray(row, { minLength: 1, maxLength: 6 }), fc.uniqueArray(roleRow, { maxLength: 4 }))
  .map(([rows, roles]) =>
    [...rows, ...roles, "g2, GET /o/{t}, o:read", "g2, POST /o/{t}, o:write"].join("\n"),
  );
const policies = policyTexts.map(policyFrom);
const invariant = fc.tuple(fc.constantFrom("only", "never"), fc.constantFrom(...USER, "client:c" as const));

function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  const all: T[][] = [[]];
  for (const item of items) {
    for (const set of [...all]) all.push([...set, item]);
  }
  return all;
}

const TOKENS: readonly (readonly Subject[])[] = [
  ...subsets<Subject>(USER).map((set): readonly Subject[] => ["role:authenticated", ...set]),
  ...subsets<Subject>(MACHINE).map((set): readonly Subject[] => ["role:machine", ...set]),
];
// Of the tenant of either group, and of a third.
const REQUESTS = ["1", "2", "3"].flatMap((t) =>
  [{ tenant: t }, { tenant: "another" }, {}].map((claims) => ({ parameters: { t }, claims })),
);

/** Whether some token, with some request, breaks the invariant. */
function isBroken(
  policy: Policy,
  kind: string,
  subject: Subject,
  permissions: readonly string[] = ["o:read"],
): boolean {
  return TOKENS.some((subjects) => {
    if (kind === "never" && !subjects.includes(subject)) return false;
    return permissions.some((permission) =>
      REQUESTS.some((request) => {
        const holds = heldOn(policy, subjects, request.parameters).certain.has(subject);
        if (kind === "only" && holds) return false;
        return decidePermission(policy, { subjects, permission, ...request }).effect === "allow";
      }),
    );
  });
}

describe("an invariant", () => {
  it("is broken exactly where some token of all breaks it", () => {
    const seen = { broken: 0, proven: 0 };
    fc.assert(
      fc.property(policies, invariant, (policy, [kind, subject]) => {
        const text = `invariants:\n  - ${kind}: ["${subject}"]\n    hold: o:read\n`;
        const { invariants, findings } = parseTestFile(policy, "x.test.yaml", text);
        const [parsed] = invariants;
        // A subject that no row names is refused: nothing could be said of it.
        if (findings.length > 0 || parsed === undefined) return;
        const counterexample = proveInvariant(policy, parsed);
        const broken = isBroken(policy, kind, subject);
        if (broken) seen.broken += 1;
        else seen.proven += 1;
        expect(counterexample !== undefined).toBe(broken);
        if (counterexample !== undefined) expect(counterexample.subjects.length).toBeLessThanOrEqual(2);
      }),
      { ...drawn(500), endOnFailure: true },
    );
    expect(seen.broken).toBeGreaterThan(20);
    expect(seen.proven).toBeGreaterThan(partOf(20));
  });

  it("of every permission is broken where some token has one, named or not", () => {
    const asked = ["o:read", "o:write", "o:audit", "o:unnamed", "q:unnamed"];
    const seen = { broken: 0, proven: 0 };
    fc.assert(
      fc.property(policies, fc.constantFrom(...USER, "client:c" as const), (policy, subject) => {
        const text = `invariants:\n  - never: ["${subject}"]\n    hold: "*"\n`;
        const [parsed] = parseTestFile(policy, "x.test.yaml", text).invariants;
        if (parsed === undefined) return;
        const broken = isBroken(policy, "never", subject, asked);
        seen[broken ? "broken" : "proven"] += 1;
        expect(proveInvariant(policy, parsed) !== undefined).toBe(broken);
      }),
      { ...drawn(300), endOnFailure: true },
    );
    expect(seen.broken).toBeGreaterThan(20);
    expect(seen.proven).toBeGreaterThan(partOf(20));
  });

  it("has the counterexample that every token on every target has", () => {
    const extras = fc.constantFrom(
      ["g2, GET /open, public"],
      ["p, role:z, o:write, allow", "g, group:{t}.t, role:z"],
      ["p3, client:app, o:read, s", "p3, client:web, *"],
    );
    const said = fc.constantFrom(
      'reach: "*"',
      'reach: "*"',
      "reach: guarded",
      'reach: ["GET /o/{t}", "POST /o/{t}"]',
      'hold: "*"',
      "hold: o:write",
    );
    const about = fc.oneof(
      { weight: 4, arbitrary: invariant.map(([kind, subject]) => `${kind}: ["${subject}"]`) },
      fc.constant("apps: [app]"),
    );
    const seen = { broken: 0, proven: 0, apps: 0 };
    fc.assert(
      fc.property(policyTexts, extras, about, said, (text, more, subjects, targets) => {
        const policy = policyFrom([text, ...more].join("\n"));
        const yaml = `invariants:\n  - ${subjects}\n    ${targets}\n`;
        const { invariants, findings } = parseTestFile(policy, "x.test.yaml", yaml);
        const [parsed] = invariants;
        if (findings.length > 0 || parsed === undefined) return;
        const found = proveInvariant(policy, parsed);
        expect(found).toEqual(proveInvariant(policy, parsed, EVERY_TARGET));
        seen[found === undefined ? "proven" : "broken"] += 1;
        if (found?.app !== undefined) seen.apps += 1;
      }),
      drawn(2_000),
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });
});
