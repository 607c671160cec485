import fc from "fast-check";
import { createDecisionLog } from "../../src/lambda/decision-log.ts";
import { createLog } from "../../src/lambda/log.ts";
import { decide, decidePermission } from "../../src/policy/decide.ts";
import type { DecisionRequest } from "../../src/policy/decision.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { drawn } from "../support/drawn.ts";
import { decisionCase } from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";

// A policy remembers decisions (docs/adr/0087-remembered-decisions.md). One that remembers nothing decides the same.

const NAMELESS = ["user:nobody-1", "user:nobody-2", "group:nameless", "group:zz"] as const;

/** The request, and others that are nearly the same: what a wrong key of the memory would take for it. */
function neighbours(request: DecisionRequest, policy: Policy): readonly DecisionRequest[] {
  const { subjects, app, parameters, claims } = request;
  const [first, ...rest] = subjects;
  const scopes = app?.scopes ?? [];
  return [
    request,
    { ...request, subjects: [...subjects].reverse() },
    ...NAMELESS.map((one) => ({ ...request, subjects: [one, ...subjects, one] })),
    ...(first === undefined
      ? []
      : [
          { ...request, subjects: rest },
          { ...request, subjects: [...subjects, first] },
        ]),
    ...policy.decisionRows
      .slice(0, 3)
      .map(({ subject }) => ({ ...request, subjects: [...subjects, subject] })),
    { ...request, app: undefined },
    ...["web", "partner", "nobody"].map((client) => ({ ...request, app: { client, scopes } })),
    { ...request, app: { client: app?.client ?? "web", scopes: policy.appScopes } },
    { ...request, app: { client: app?.client ?? "web", scopes: [] } },
    { ...request, parameters: {} },
    { ...request, claims: {} },
    { ...request, parameters: { ...parameters, extra: "1" }, claims: { ...claims, extra: "1" } },
    { ...request, authTime: undefined, time: undefined },
  ];
}

/** The same policy, as if nothing had been decided by it. */
const forgetful = (policy: Policy): Policy => ({ ...policy });

/** The line that the decision log writes, with or without the texts that it makes once. */
function lineOf(policy: Policy, request: DecisionRequest, withTexts: boolean): string {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date(0),
  );
  const decision = decide(policy, request);
  createDecisionLog(
    withTexts ? log : (...line) => log(...line),
    "plain",
  )({
    kind: "decided",
    gateway: "http",
    requestId: "r-1",
    matched: { method: "GET", template: '/a "b"', path: "/", encoding: "decoded", parameters: {} },
    durationMs: 1.23456,
    reportOnly: request.subjects.length % 2 === 0,
    decided: { by: "policy", route: request.route, decision },
  });
  return lines.join("\n");
}

describe("a policy that has decided before", () => {
  it("decides as one that has not, in any order of requests", () => {
    fc.assert(
      fc.property(
        decisionCase({ min: 2, max: 4 }),
        fc.array(fc.nat(), { minLength: 200, maxLength: 200 }),
        ({ rows, requests }, order) => {
          const policy = policyOf(rows);
          const asked = requests.flatMap((request) => neighbours(request, policy));
          const shuffled = [...asked, ...asked, ...asked]
            .map((request, index) => ({ request, at: order[index % order.length] ?? 0 }))
            .sort((a, b) => a.at - b.at);
          for (const { request } of shuffled) {
            expect(decide(policy, request)).toEqual(decide(forgetful(policy), request));
            const permission = { ...request, permission: "orders:read" };
            expect(decidePermission(policy, permission)).toEqual(
              decidePermission(forgetful(policy), permission),
            );
          }
        },
      ),
      drawn(100, 10),
    );
  });

  it("logs the same line, byte for byte", () => {
    fc.assert(
      fc.property(decisionCase({ min: 2, max: 4 }), ({ rows, requests }) => {
        const policy = policyOf(rows);
        for (const request of requests.flatMap((one) => neighbours(one, policy))) {
          const line = lineOf(policy, request, false);
          expect(lineOf(policy, request, true)).toBe(line);
          expect(lineOf(policy, request, true)).toBe(line);
        }
      }),
      drawn(100, 10),
    );
  });

  it("gives no caller a list that another one changed", () => {
    const policy = policyOf([
      ["p", "role:x", "orders:read", "allow"],
      ["g", "group:a", "role:x"],
      ["g2", "GET /orders", "orders:read"],
    ]);
    const request = { subjects: ["group:a"], route: "GET /orders", parameters: {}, claims: {} } as const;
    const first = decide(policy, request);
    for (const again of [
      decide(policy, request),
      decide(policy, { ...request, subjects: ["group:a", "user:1"] }),
    ]) {
      expect(() => (again.determining as unknown[]).pop()).toThrow(TypeError);
      expect(again.determining).toEqual(first.determining);
    }
  });

  it("knows a machine from a user without an app", () => {
    const policy = policyOf([
      ["p", "scope:read", "orders:read", "allow"],
      ["p3", "client:web", "*"],
      ["g2", "GET /orders", "orders:read"],
    ]);
    const asked = { route: "GET /orders", parameters: {}, claims: {}, app: undefined };
    expect(decide(policy, { ...asked, subjects: ["role:machine", "scope:read"] }).effect).toBe("allow");
    expect(decide(policy, { ...asked, subjects: ["scope:read"] }).effect).toBe("deny");
  });

  it("remembers nothing of one tenant for another", () => {
    const policy = policyOf([
      ["p", "role:editor", "orders:write", "allow"],
      ["g", "group:{tenantId}.editors", "role:editor"],
      ["g2", "POST /t/{tenantId}/orders", "orders:write"],
    ]);
    const asked = {
      route: "POST /t/{tenantId}/orders",
      subjects: ["group:acme.editors"] as const,
      claims: {},
    };
    const effects = ["acme", "other", "acme"].map(
      (tenantId) => decide(policy, { ...asked, parameters: { tenantId } }).effect,
    );
    expect(effects).toEqual(["allow", "deny", "allow"]);
  });

  it("keeps a bounded number of decisions, and still decides right after that", () => {
    const policy = policyOf([
      ...Array.from({ length: 200 }, (_, at) => ["g", `group:g${at}`, at % 2 === 0 ? "role:x" : "role:y"]),
      ["p", "role:x", "orders:read", "allow"],
      ["g2", "GET /orders", "orders:read"],
    ]);
    for (let round = 0; round < 12_000; round += 1) {
      const subjects = [`group:g${round % 199}`, `group:g${(round * 7) % 200}`] as const;
      const effect = subjects.some((one) => Number(one.slice(7)) % 2 === 0) ? "allow" : "deny";
      const request = { subjects, route: "GET /orders", parameters: {}, claims: {} };
      if (decide(policy, request).effect !== effect)
        throw new Error(`${subjects.join()} was not answered with ${effect}`);
    }
  });
});
