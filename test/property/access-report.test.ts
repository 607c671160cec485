import fc from "fast-check";
import { ownText } from "../../src/own-property.ts";
import { type ConditionScope, evaluateCondition, type Truth } from "../../src/policy/condition.ts";
import { decide } from "../../src/policy/decide.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { hasBraces, isTenantName } from "../../src/policy/tenant-group.ts";
import { accessOf, describeAccess, standingOn } from "../../src/tools/access/access.ts";
import { accessHolders } from "../../src/tools/access/access-holders.ts";
import { accessOfHolders } from "../../src/tools/access/access-of-holders.ts";
import { holdingsOf } from "../../src/tools/access/holdings.ts";
import { accessOnBehalf, namedUsersThroughApps } from "../../src/tools/access/users-through-apps.ts";
import { accessMatrix } from "../../src/tools/policy-view/access-matrix.ts";
import { reportedRows } from "../../src/tools/report/reported-rows.ts";
import { type RoleGraph, roleLayout } from "../../src/tools/report/role-layout.ts";
import { drawn } from "../support/drawn.ts";
import { decisionCase, type GeneratedRequest } from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";

/** The truth of what an access is said to depend on: a tenant, a condition, or both. */
const truthIn = (policy: Policy, scope: ConditionScope) => (text: string) => {
  const [, parameter, tenant, rest = text] = /^\{([^}]+)\} is ([\w-]+)(?: and (.*)|$)/.exec(text) ?? [];
  const truths: Truth[] = [];
  if (parameter === undefined || text !== `{${parameter}} is ${tenant}`) {
    truths.push(evaluateCondition(policy.conditions.get(rest) ?? [], scope));
  }
  if (parameter !== undefined) {
    const value = ownText(scope.parameters, parameter);
    truths.push(
      value === undefined || !isTenantName(value) ? "unknown" : value === tenant ? "true" : "false",
    );
  }
  if (truths.includes("false")) return "false";
  return truths.includes("unknown") ? "unknown" : "true";
};

/**
 * With the parameters that the route has, and no other; a tool may have any. Without groups with braces: in a token
 * each is nobody, in a report it is the group of every tenant.
 */
function onItsRoute(request: GeneratedRequest): GeneratedRequest {
  const subjects = request.subjects.filter((subject) => !hasBraces(subject));
  if (request.route?.startsWith("Tool.")) return { ...request, subjects };
  const names = new Set(Array.from(request.route?.matchAll(/\{([^}+]+)\+?\}/g) ?? [], ([, name]) => name));
  const parameters = Object.entries(request.parameters).filter(([name]) => names.has(name));
  return { ...request, subjects, parameters: Object.fromEntries(parameters) };
}

/** Without one, a policy with `p3` rows is shown for an app that has none. */
const appOfRequest = ({ app }: GeneratedRequest) => app ?? { client: "none", scopes: [] };

describe("what a report says of an access", () => {
  it("is what is decided, for every request", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(decisionCase({ min: 8, max: 8 }), ({ rows, requests }) => {
        const policy = policyOf(rows);
        for (const request of requests.map(onItsRoute)) {
          const access = accessOf(
            policy,
            request.route ?? "",
            holdingsOf(policy, request.subjects),
            appOfRequest(request),
          );
          seen.add(access.kind);
          const truth = truthIn(policy, request);
          const may =
            access.kind === "allowed" ||
            (access.kind === "conditional" &&
              (access.when.length === 0 || access.when.some((text) => truth(text) === "true")) &&
              access.unless.every((text) => truth(text) === "false"));
          expect(may ? "allow" : "deny").toBe(decide(policy, request).effect);
        }
      }),
      drawn(400),
    );
    expect([...seen].sort()).toEqual(["allowed", "conditional", "denied", "none", "public"]);
  });
});

describe("the matrix of the console", () => {
  it("says of each cell what the access is, and lists what cells say once", () => {
    fc.assert(
      fc.property(decisionCase({ min: 8, max: 8 }), ({ rows }) => {
        const policy = policyOf(rows);
        const { columns, rows: told, accesses } = accessMatrix(policy);
        const known = accessHolders(policy).map(({ held }) => held);
        const users = namedUsersThroughApps(policy);
        expect(columns).toHaveLength(known.length + users.length);
        for (const { route, cells } of told) {
          const expected = [
            ...known.map((held) => accessOf(policy, route, held)),
            ...users.map((user) => accessOnBehalf(policy, { route }, user)),
          ].map((access) => ({ kind: access.kind, text: describeAccess(access) }));
          expect(cells.map((index) => accesses[index])).toEqual(expected);
        }
        expect(new Set(accesses.map(({ text }) => text)).size).toBe(accesses.length);
      }),
      drawn(100),
    );
  });
});

describe("the content of a report", () => {
  it("has the access of each subject to each route and permission, as if each were asked for by itself", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(decisionCase({ min: 1, max: 1 }), ({ rows }) => {
        const policy = policyOf(rows);
        const holders = accessHolders(policy).map(({ held }) => held);
        const accessTo = accessOfHolders(policy, holders);
        const permissions = [...policy.routeEntries.values()].flatMap((entry) => entry.permissions);
        const targets = [
          ...[...policy.routeEntries.keys()].map((route) => ({ route })),
          ...[...new Set(permissions)].map((permission) => ({ permission })),
        ];
        for (const target of targets) {
          const access = accessTo(target);
          expect(access).toEqual(holders.map((held) => standingOn(policy, target, held).access));
          for (const { kind } of access) seen.add(kind);
        }
      }),
      drawn(400),
    );
    expect([...seen].sort()).toEqual(["allowed", "conditional", "denied", "none", "public"]);
  });

  it("has every row about a route, with everyone who has its subject as a role", () => {
    let indirect = 0;
    fc.assert(
      fc.property(decisionCase({ min: 1, max: 1 }), ({ rows }) => {
        const policy = policyOf(rows);
        const rowsAbout = reportedRows(policy, () => true);
        const members = [
          ...policy.rolesOf,
          ...policy.tenantRoles.map(({ member, roles }) => [member, roles] as const),
        ];
        for (const [route, { covering }] of policy.routeEntries) {
          const naive = policy.decisionRows.filter(({ permission }) => covering.has(permission));
          const reported = rowsAbout(route);
          const order = [...naive.filter(({ effect }) => effect === "deny")];
          order.push(...naive.filter(({ effect }) => effect === "allow"));
          expect(reported.map(({ file, line }) => ({ file, line }))).toEqual(
            order.map(({ file, line }) => ({ file, line })),
          );
          for (const { subject, heldBy } of reported) {
            const having = members.filter(([one, roles]) => one !== subject && roles.includes(subject));
            expect(heldBy).toEqual(having.map(([one]) => one).sort());
            indirect += heldBy.length;
          }
        }
      }),
      drawn(400),
    );
    expect(indirect).toBeGreaterThan(100);
  });
});

const graph: fc.Arbitrary<RoleGraph> = fc.integer({ min: 1, max: 12 }).chain((size) => {
  const nodes = Array.from({ length: size }, (_, index) => `n${index}`);
  const edge = fc.tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes));
  return fc
    .uniqueArray(edge, { maxLength: 20, selector: ([from, to]) => `${from} ${to}` })
    .map((edges) => ({ nodes, edges: edges.filter(([from, to]) => from !== to) }));
});

const SHAPE = { height: 26, margin: 14, widthOf: (name: string) => 40 + name.length * 10 };

describe("the drawing of the roles", () => {
  it("has every holder once, no two boxes touch, and every membership once", () => {
    fc.assert(
      fc.property(graph, (one) => {
        const { nodes, edges, width, height } = roleLayout(one, SHAPE);
        expect(nodes.map(({ name }) => name)).toEqual([...one.nodes].sort());
        for (const [index, box] of nodes.entries()) {
          expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(width);
          expect(box.y + SHAPE.height).toBeLessThanOrEqual(height);
          for (const other of nodes.slice(index + 1)) {
            const beside = box.x + box.width < other.x || other.x + other.width < box.x;
            expect(beside || Math.abs(box.y - other.y) > SHAPE.height).toBe(true);
          }
        }
        const spelled = (list: readonly (readonly [string, string])[]) =>
          list.map((edge) => edge.join(" ")).sort();
        expect(spelled(edges.map(({ from, to }) => [from, to]))).toEqual(spelled(one.edges));
      }),
    );
  });

  it("has a member left of its roles where nobody is a member of itself", () => {
    fc.assert(
      fc.property(graph, (one) => {
        const upwards = { nodes: one.nodes, edges: one.edges.filter(([from, to]) => from < to) };
        const { nodes, edges } = roleLayout(upwards, SHAPE);
        const boxOf = new Map(nodes.map((box) => [box.name, box]));
        for (const { from, to, points } of edges) {
          const [left, right] = [boxOf.get(from), boxOf.get(to)];
          expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThan(right?.x ?? 0);
          expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).sort((a, b) => a - b));
        }
      }),
    );
  });

  it("does not depend on the order in which the roles are told", () => {
    fc.assert(
      fc.property(graph, (one) => {
        const turned = { nodes: [...one.nodes].reverse(), edges: [...one.edges].reverse() };
        expect(roleLayout(turned, SHAPE)).toEqual(roleLayout(one, SHAPE));
      }),
    );
  });
});
