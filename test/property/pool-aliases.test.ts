import fc from "fast-check";

import { issuedName, machineSubjects, ownName, userSubjects } from "../../src/policy/subject.ts";
import { createPoolAlias } from "../../src/token/issuer.ts";
import { drawn } from "../support/drawn.ts";

// Few different ones, so that they meet.
const aliases = fc.oneof(fc.constantFrom("a", "b", "a-b"), fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/));
// Any name that Cognito takes, `/` and names that look like another pool's included.
const names = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "-", "/"), minLength: 1, maxLength: 4 }),
  fc.string({ minLength: 1 }),
  fc.tuple(aliases, fc.string({ minLength: 1 })).map(([alias, name]) => `${alias}/${name}`),
);
const subjects = fc.record({ poolAlias: aliases, name: names });

test("two pools, or two names of one pool, never come to the same name", () => {
  fc.assert(
    fc.property(subjects, subjects, (a, b) => {
      const same = issuedName(a.poolAlias, a.name) === issuedName(b.poolAlias, b.name);
      expect(same).toBe(a.poolAlias === b.poolAlias && a.name === b.name);
    }),
    drawn(2000),
  );
});

test("a pool knows its own names and no other's", () => {
  fc.assert(
    fc.property(aliases, subjects, (poolAlias, { poolAlias: of, name }) => {
      expect(ownName(poolAlias, issuedName(of, name))).toBe(poolAlias === of ? name : undefined);
    }),
    drawn(2000),
  );
});

test("users of two pools share the subject that every user has, and machines the one of machines, and nothing else", () => {
  const tokens = fc.record({
    poolAlias: aliases,
    sub: names,
    groups: fc.array(names),
    scopes: fc.array(names),
  });
  fc.assert(
    fc.property(tokens, tokens, (a, b) => {
      fc.pre(a.poolAlias !== b.poolAlias);
      const users = userSubjects(b);
      expect(userSubjects(a).filter((subject) => users.includes(subject))).toEqual(["role:authenticated"]);
      const machines = machineSubjects({ ...b, client: "b" });
      const shared = machineSubjects({ ...a, client: "a" }).filter((subject) => machines.includes(subject));
      expect(shared).toEqual(["role:machine"]);
    }),
  );
});

test("every alias of these is one that the configuration takes", () => {
  fc.assert(
    fc.property(aliases, (alias) => {
      expect(createPoolAlias(alias)).toBe(alias);
    }),
  );
});
