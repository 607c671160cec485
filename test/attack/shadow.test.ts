import fc from "fast-check";
import { createDecisionLog } from "../../src/lambda/decision-log.ts";
import { createLog, type Log } from "../../src/lambda/log.ts";
import { createShadow } from "../../src/lambda/shadow.ts";
import { decide } from "../../src/policy/decide.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { dependencies, stoppedVerifier, tokenOf } from "../support/authorization.ts";
import { drawn } from "../support/drawn.ts";
import { authorizersOf, GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// A shadow has no effect: whatever the candidate is or does, the answer and the line of the decision stay byte for byte
// what they are without it.

const GROUPS = ["customers", "support"];
const ROUTES = [
  "GET /orders/{orderId}",
  "ANY /orders/{orderId}",
  "GET /{proxy+}",
  "$connect",
  "Query.orders",
];
const PERMISSIONS = ["orders:read", "orders:write"];
const EFFECTS = ["allow", "allow", "deny", "allow, {orderId}=sub", "allow, max_age=300"];

const rows = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom(...GROUPS.map((one) => `group:${one}`), "role:authenticated"),
        fc.constantFrom(...PERMISSIONS, "*"),
        fc.constantFrom(...EFFECTS),
      ),
      { minLength: 1, maxLength: 4 },
    ),
    fc.uniqueArray(fc.tuple(fc.constantFrom(...ROUTES), fc.constantFrom(...PERMISSIONS)), {
      minLength: 1,
      maxLength: 6,
      selector: ([route]) => route,
    }),
  )
  .map(([grants, routes]) => {
    const rules = new Map(
      grants.map(([who, what, how]) => [
        `${who} ${what} ${how.replace(/^\w+/, "")}`,
        `p, ${who}, ${what}, ${how}`,
      ]),
    );
    return [...rules.values(), ...routes.map((route) => `g2, ${route.join(", ")}`)].join("\n");
  });

const policies = rows.map(policyFrom);

interface Situation {
  readonly policy: Policy;
  readonly reportOnly?: boolean;
  readonly stopped?: readonly string[];
  readonly group: string;
}

/** What a gateway gets and what the log gets first, of every authorizer; `ran` counts shadow lines. */
async function outcomes(
  { policy, reportOnly = false, stopped, group }: Situation,
  candidate: (() => Policy | undefined) | undefined,
  shadowLog?: Log,
) {
  armed = false;
  const lines: string[] = [];
  const now = () => new Date("2026-11-24T12:00:00Z");
  const log = createLog((line) => lines.push(line), now);
  const shadow = candidate && createShadow(shadowLog ?? log, policy.version, candidate, (run) => run());
  armed = true;
  const deps = {
    ...dependencies({ policy: () => policy, reportOnly, clock: () => 0, now: () => IAT + 20, shadow }),
    record: createDecisionLog(log, "plain"),
    ...(stopped && { verify: stoppedVerifier(stopped.map((permission) => ({ permission }))) }),
  };
  lines.length = 0;
  const authorization = [
    `Bearer ${tokenOf("nobody", { sub: "order-1", "cognito:groups": [group], auth_time: IAT, iat: IAT, exp: EXP })}`,
  ];
  const answers: string[] = [];
  const first: string[] = [];
  for (const gateway of GATEWAYS_UNDER_TEST) {
    for (const create of authorizersOf(gateway)) {
      const before = lines.length;
      try {
        answers.push(JSON.stringify(await create(deps)(gateway.eventOf({ authorization }))));
      } catch (error) {
        answers.push(String(error));
      }
      first.push(lines[before] ?? "");
    }
  }
  return { answers, first, shadows: lines.filter((line) => line.includes('"kind":"shadow-difference"')) };
}

const IAT = Math.floor(Date.now() / 1000) - 10;
const EXP = IAT + 3600;

/** Whether hostile candidates act: a shadow that fails at its start is no shadow. */
let armed = false;

/** A policy that does something on each use, once a shadow has been made of it. */
function hostile(policy: Policy, act: () => void): Policy {
  return new Proxy(policy, {
    get(target, name, receiver): unknown {
      if (armed) act();
      return Reflect.get(target, name, receiver);
    },
  });
}

const P = policyFrom(`p, group:support, orders:read, allow
p, group:customers, orders:read, allow, {orderId}=sub
g2, GET /orders/{orderId}, orders:read
g2, $connect, orders:read
g2, Query.orders, orders:read`);

const EVERYTHING = policyFrom(`p, role:authenticated, *, allow
g2, ANY /orders/{orderId}, a:b
g2, $connect, a:b
g2, Query.orders, a:b`);

const HUGE = policyFrom(
  [
    ...Array.from({ length: 3000 }, (_, index) => `p, group:g${index}, orders:read, allow`),
    "g2, GET /orders/{orderId}, orders:read",
  ].join("\n"),
);

describe("a shadow", () => {
  it("never changes an answer or the line of a decision, whatever the two policies are", async () => {
    const seen = { differences: 0 };
    await fc.assert(
      fc.asyncProperty(
        policies,
        policies,
        fc.record({
          group: fc.constantFrom(...GROUPS),
          reportOnly: fc.boolean(),
          stopped: fc.option(fc.constantFrom(["orders:read"], ["*"]), { nil: undefined, freq: 4 }),
        }),
        async (policy, candidate, how) => {
          const situation = { policy, ...how } as Situation;
          const without = await outcomes(situation, undefined);
          const withShadow = await outcomes(situation, () => candidate);
          expect(withShadow.answers).toEqual(without.answers);
          expect(withShadow.first).toEqual(without.first);
          seen.differences += withShadow.shadows.length;
        },
      ),
      drawn(160, 20),
    );
    expect(seen.differences).toBeGreaterThan(10);
  });

  const HOSTILE: Readonly<Record<string, () => Policy | undefined>> = {
    "allows everything": () => EVERYTHING,
    "is huge": () => HUGE,
    "throws when it is used": () =>
      hostile(EVERYTHING, () => {
        throw new Error("no");
      }),
    "throws what is no error": () =>
      hostile(EVERYTHING, () => {
        throw Object.create(null) as Error;
      }),
    prints: () =>
      hostile(EVERYTHING, () => {
        process.stderr.write("");
      }),
    "cannot be read": () => {
      throw new Error("damaged");
    },
    "is not there": () => undefined,
    "is no policy": () => ({}) as Policy,
    "is null": () => null as unknown as Policy,
  };

  it.each(Object.keys(HOSTILE))("has no effect where the candidate %s", async (what) => {
    const without = await outcomes({ policy: P, group: "support" }, undefined);
    const withShadow = await outcomes({ policy: P, group: "support" }, HOSTILE[what]);
    expect(withShadow.answers).toEqual(without.answers);
    expect(withShadow.first).toEqual(without.first);
  });

  it("has no effect where its log fails, even at the start", async () => {
    const broken: Log = () => {
      throw new Error("the disk is full");
    };
    const without = await outcomes({ policy: P, group: "support" }, undefined);
    const withShadow = await outcomes({ policy: P, group: "support" }, () => EVERYTHING, broken);
    expect(withShadow.answers).toEqual(without.answers);
    expect(withShadow.first).toEqual(without.first);
  });

  it("decides by its own routes, and says what it would answer", async () => {
    const { shadows } = await outcomes({ policy: P, group: "customers" }, () =>
      policyFrom(`p, role:authenticated, orders:read, deny
p, group:customers, x:y, allow
g2, GET /{proxy+}, x:y
g2, GET /orders/{orderId}, orders:read`),
    );
    const first = JSON.parse(shadows[0] ?? "{}") as unknown;
    expect(first).toMatchObject({
      route: "GET /orders/{orderId}",
      effect: "allow",
      shadowRoute: "GET /orders/{orderId}",
      shadowEffect: "deny",
      shadowReason: "denied_by_row",
      shadowDetermining: [{ at: "policies/test.csv:1" }],
    });
  });

  it("logs no claim, no token and no address", async () => {
    const { shadows } = await outcomes({ policy: P, group: "jane@example.com" }, () => EVERYTHING);
    expect(shadows.length).toBeGreaterThan(0);
    expect(shadows.join()).not.toMatch(/jane|eyJ|"claims"|"inputs"/);
  });

  it("is asked nothing while a stop or a refusal decides, and nothing about a whole REST API", async () => {
    const stopped = await outcomes({ policy: P, group: "support", stopped: ["*"] }, () => EVERYTHING);
    expect(stopped.shadows).toEqual([]);
    const { shadows } = await outcomes({ policy: P, group: "nobody" }, () => EVERYTHING);
    const kinds = shadows.map((line) => (JSON.parse(line) as { gateway: string }).gateway);
    // One of the two REST answers of each type is for the whole API.
    expect(kinds.filter((kind) => kind === "rest-request")).toHaveLength(1);
    expect(kinds).toContain("appsync");
  });

  it("runs after the answer: until then it has not begun", async () => {
    const lines: string[] = [];
    const log = createLog(
      (line) => lines.push(line),
      () => new Date(0),
    );
    const shadow = createShadow(log, P.version, () => EVERYTHING);
    lines.length = 0;
    const route = "GET /orders/{orderId}";
    const asked = { subjects: [], app: undefined, claims: {}, route, parameters: {} } as const;
    shadow?.({
      ...asked,
      gateway: "http",
      requestId: "r",
      matched: {
        method: "GET",
        template: "/orders/{orderId}",
        path: "/orders/1",
        encoding: "decoded",
        parameters: { orderId: "1" },
      },
      subjects: ["role:authenticated"],
      authTime: undefined,
      time: 0,
      decided: { by: "policy", route, decision: decide(P, asked) },
    });
    await Promise.resolve();
    expect(lines).toEqual([]);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(lines).toHaveLength(1);
  });

  it("warns once, at its start or at its first failure", async () => {
    const kinds: string[] = [];
    const log: Log = (level, kind) => kinds.push(`${level} ${kind}`);
    createShadow(log, P.version, () => {
      throw new Error("damaged");
    });
    createShadow(log, P.version, () => P);
    expect(kinds).toEqual(["warn shadow-unusable", "warn shadow-unusable"]);
    kinds.length = 0;
    await outcomes({ policy: P, group: "support" }, HOSTILE["throws when it is used"], log);
    expect(kinds.filter((kind) => kind.startsWith("warn"))).toEqual(["warn shadow-failed"]);
  });
});
