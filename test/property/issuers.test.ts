import fc from "fast-check";

import { issuedName, machineSubjects, ownName, userSubjects } from "../../src/policy/subject.ts";
import { createSubjectPrefix } from "../../src/token/issuer.ts";

// Few different ones, so that they meet.
const prefixes = fc.oneof(fc.constantFrom("a", "b", "a-b"), fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/));
// Any name that Cognito takes, `/` and names that look like another pool's included.
const names = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "-", "/"), minLength: 1, maxLength: 4 }),
  fc.string({ minLength: 1 }),
  fc.tuple(prefixes, fc.string({ minLength: 1 })).map(([prefix, name]) => `${prefix}/${name}`),
);
const principals = fc.record({ issuer: prefixes, name: names });

test("two pools, or two names of one pool, never come to the same name", () => {
  fc.assert(
    fc.property(principals, principals, (a, b) => {
      const same = issuedName(a.issuer, a.name) === issuedName(b.issuer, b.name);
      expect(same).toBe(a.issuer === b.issuer && a.name === b.name);
    }),
    { numRuns: 2000 },
  );
});

test("a pool knows its own names and no other's", () => {
  fc.assert(
    fc.property(prefixes, principals, (issuer, { issuer: of, name }) => {
      expect(ownName(issuer, issuedName(of, name))).toBe(issuer === of ? name : undefined);
    }),
    { numRuns: 2000 },
  );
});

test("users of two pools share the subject that every user has, and machines the one of machines, and nothing else", () => {
  const tokens = fc.record({
    issuer: prefixes,
    sub: names,
    groups: fc.array(names),
    scopes: fc.array(names),
  });
  fc.assert(
    fc.property(tokens, tokens, (a, b) => {
      fc.pre(a.issuer !== b.issuer);
      const users = userSubjects(b);
      expect(userSubjects(a).filter((subject) => users.includes(subject))).toEqual(["role:authenticated"]);
      const machines = machineSubjects({ ...b, client: "b" });
      const shared = machineSubjects({ ...a, client: "a" }).filter((subject) => machines.includes(subject));
      expect(shared).toEqual(["role:machine"]);
    }),
  );
});

test("every prefix of these is one that the configuration takes", () => {
  fc.assert(
    fc.property(prefixes, (prefix) => {
      expect(createSubjectPrefix(prefix)).toBe(prefix);
    }),
  );
});
