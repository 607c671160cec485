import fc from "fast-check";
import type { AccessChange } from "../../src/tools/access/access-changes.ts";
import { diffPolicies } from "../../src/tools/access/policy-diff.ts";
import { drawn } from "../support/drawn.ts";
import { policyOf } from "../support/judges.ts";
import {
  type Answered,
  answeredOtherwise,
  type HeldOtherwise,
  type PolicyPair,
  permissionsHeldOtherwise,
  policyPair,
} from "../support/route-changes.ts";

/** Whether the change speaks of that caller, in that direction. */
function concerns(
  { subject, beside, apps, widens, narrows }: AccessChange,
  { subjects, app, gains }: Pick<Answered, "subjects" | "app" | "gains">,
  pair: PolicyPair,
): boolean {
  const held = subject === "anybody" || subjects.includes(subject);
  return (
    held &&
    (apps.length === 0 || apps.some((name) => isApp(name, app, pair))) &&
    (beside.length === 0 || beside.some((one) => subjects.includes(one))) &&
    (gains ? widens : narrows)
  );
}

function isApp(name: string, app: Answered["app"], { before, after }: PolicyPair): boolean {
  if (app === undefined) return false;
  const { client, scopes } = app;
  const names = [`client:${client}`, ...scopes.map((scope) => `client:${client} with ${scope}`)];
  const isNamed = [...before, ...after].some(([type, one]) => type === "p3" && one === `client:${client}`);
  return names.includes(name) || (name === "any other app" && !isNamed);
}

/** Whether the change speaks of that caller and that request. */
function covers(change: AccessChange, answered: Answered, pair: PolicyPair): boolean {
  const { route, decidedBefore, decidedAfter } = change;
  const decided = decidedBefore === answered.before && decidedAfter === answered.after;
  return route !== undefined && decided && concerns(change, answered, pair);
}

/** Whether the change speaks of that permission: by itself, as one below a wildcard, or as one that opens the route. */
function speaksOf(change: AccessChange, { permission }: HeldOtherwise, pair: PolicyPair): boolean {
  const isUnnamed = ![...pair.before, ...pair.after].some(
    ([type, , named]) => type !== "g" && named === permission,
  );
  const [resource = "", action = ""] = permission.split(":");
  const patterns = isUnnamed ? ["*", `${resource}:*`, `*:${action}`, permission] : [permission];
  if (change.permission !== undefined) {
    return (
      patterns.includes(change.permission) ||
      (isUnnamed && patterns.some((one) => covering(one, change.permission)))
    );
  }
  return [...pair.before, ...pair.after].some(
    ([type, route, opening]) =>
      type === "g2" &&
      [change.decidedBefore, change.decidedAfter].includes(route) &&
      patterns.some((one) => covering(one, opening)),
  );
}

function covering(pattern: string, permission = ""): boolean {
  const [resource, action] = permission.split(":");
  return ["*", permission, `${resource}:*`, `*:${action}`].includes(pattern);
}

const comparesLiteral = ({ before, after }: PolicyPair) =>
  [...before, ...after].some(([type, , , , condition = ""]) => type === "p" && condition.includes("'"));

describe("the changes of access between two policies with coarse and fine routes", () => {
  it("are those of every caller and every request, and no others", () => {
    const seen = { gains: 0, losses: 0, coarser: 0, beside: 0, apps: 0, public: 0, literals: 0 };
    fc.assert(
      fc.property(policyPair, (pair) => {
        const side = (rows: "before" | "after") => ({ policy: policyOf(pair[rows]), rows: [] });
        const diff = diffPolicies(side("before"), side("after"));
        const answered = answeredOtherwise(pair);
        const expected = answered.filter(({ isExpected }) => isExpected);
        expect(expected.filter((one) => !diff.access.some((change) => covers(change, one, pair)))).toEqual(
          [],
        );
        const held = permissionsHeldOtherwise(pair);
        for (const gains of [true, false]) {
          const said = diff.access.filter(
            ({ route, widens, narrows }) => route !== undefined && (gains ? widens : narrows),
          );
          const real = answered.filter((one) => one.gains === gains);
          expect(said.filter((change) => !real.some((one) => covers(change, one, pair)))).toEqual([]);
        }
        const [must, may] = [
          [...expected, ...held],
          [...answered, ...held],
        ];
        expect([must, may].map((all) => all.some(({ gains }) => gains))).toContain(diff.widens);
        expect([must, may].map(({ length }) => length > 0)).toContain(diff.differs);
        if (comparesLiteral(pair) && diff.access.length > 0) seen.literals += 1;
        for (const { gains, before, after } of answered) {
          seen[gains ? "gains" : "losses"] += 1;
          if (before !== undefined && after !== undefined && before !== after) seen.coarser += 1;
        }
        for (const { subject, beside, apps } of diff.access) {
          if (apps.length > 0) seen.apps += 1;
          if (beside.length > 0) seen.beside += 1;
          if (subject === "anybody") seen.public += 1;
        }
      }),
      { ...drawn(80, 10), endOnFailure: true },
    );

    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });

  it("are those of every permission by itself as well, once each", () => {
    const seen = { gains: 0, losses: 0, onRoutes: 0, apart: 0, unnamed: 0 };
    fc.assert(
      fc.property(policyPair, (pair) => {
        const side = (rows: "before" | "after") => ({ policy: policyOf(pair[rows]), rows: [] });
        const diff = diffPolicies(side("before"), side("after"));
        const held = permissionsHeldOtherwise(pair);
        const isSaid = (one: HeldOtherwise, change: AccessChange) =>
          concerns(change, one, pair) && speaksOf(change, one, pair);
        expect(held.filter((one) => !diff.access.some((change) => isSaid(one, change)))).toEqual([]);
        const apart = diff.access.filter(({ permission }) => permission !== undefined);
        expect(apart.filter((change) => !held.some((one) => isSaid(one, change)))).toEqual([]);
        const spelled = apart.map(({ subject, permission, beside, apps, widens }) =>
          JSON.stringify([subject, permission, beside, apps, widens]),
        );
        expect(new Set(spelled).size).toBe(spelled.length);
        for (const one of held) {
          seen[one.gains ? "gains" : "losses"] += 1;
          if (one.permission.endsWith(":unnamed")) seen.unnamed += 1;
          seen[apart.some((change) => isSaid(one, change)) ? "apart" : "onRoutes"] += 1;
        }
      }),
      { ...drawn(12, 10), endOnFailure: true },
    );

    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });
});
