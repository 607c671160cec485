import fc from "fast-check";
import { decide } from "../../src/policy/decide.ts";
import { subjectsHeld } from "../../src/policy/roles.ts";
import type { Subject } from "../../src/policy/subject.ts";
import { SortedSubjects } from "../../src/policy/subject-order.ts";
import { drawn } from "../support/drawn.ts";
import { policyFrom } from "../support/policy.ts";

const role = fc.nat(60).map((n): Subject => `role:r${n}`);
const group = fc.oneof(
  fc.nat(40).map((n): Subject => `group:g${n}`),
  fc.constantFrom<Subject>("group:é", "group:日本", "group:__proto__"),
);
/** Some that rows may name, and some that none names. */
const held = fc.oneof(
  { weight: 4, arbitrary: group },
  { weight: 2, arbitrary: role },
  { weight: 1, arbitrary: fc.nat(60).map((n): Subject => `user:${n}`) },
  { weight: 1, arbitrary: fc.constantFrom<Subject>("role:authenticated", "scope:a/b", "client:web") },
);
// Short lists and long ones are sorted in two ways.
const tokens = fc.oneof(fc.array(held, { maxLength: 12 }), fc.array(held, { maxLength: 80, size: "max" }));

const policies = fc
  .uniqueArray(fc.tuple(fc.oneof(group, role), role), {
    maxLength: 80,
    size: "max",
    selector: ([member, given]) => `${member} ${given}`,
  })
  .map((links) =>
    policyFrom(
      [
        "g2, GET /x, x:read",
        "p, role:r1, x:read, allow",
        ...links.map((link) => `g, ${link.join(", ")}`),
      ].join("\n"),
    ),
  );

it("a decision names every subject that the token holds once, sorted, whether it is made or remembered", () => {
  const seen = { short: 0, long: 0 };
  fc.assert(
    fc.property(policies, fc.array(tokens, { minLength: 1, maxLength: 4 }), (policy, callers) => {
      for (const subjects of callers) {
        const expected = subjectsHeld(policy, subjects);
        seen[expected.length > 24 ? "long" : "short"] += 1;
        // The second decision is kept, and the third one repeats it.
        for (let time = 0; time < 3; time += 1) {
          const request = { subjects, route: "GET /x", parameters: {}, claims: {} };
          expect(decide(policy, request).subjects).toEqual(expected);
        }
      }
    }),
    drawn(1_000),
  );
  expect(Math.min(seen.short, seen.long)).toBeGreaterThan(0);
});

it("a sorted list of subjects answers like a set of them", () => {
  fc.assert(
    fc.property(fc.uniqueArray(held, { maxLength: 80, size: "max" }), fc.array(held), (list, asked) => {
      const [subjects, set] = [new SortedSubjects(list), new Set(list)];
      expect([subjects.size, [...subjects]]).toEqual([set.size, [...set]]);
      for (const subject of [...asked, ...list]) expect(subjects.has(subject)).toBe(set.has(subject));
    }),
    drawn(500),
  );
});
