import fc from "fast-check";
import { decidePermission } from "../../src/policy/decide.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { heldOn } from "../../src/policy/roles.ts";
import type { Subject } from "../../src/policy/subject.ts";
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
const policies = fc
  .tuple(fc.uniqueArray(row, { minLength: 1, maxLength: 6 }), fc.uniqueArray(roleRow, { maxLength: 4 }))
  .map(([rows, roles]) =>
    policyFrom([...rows, ...roles, "g2, GET /o/{t}, o:read", "g2, POST /o/{t}, o:write"].join("\n")),
  );
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
});
