import { readFileSync } from "node:fs";
import fc from "fast-check";
import { decide, decidePermission } from "../../src/policy/decide.ts";
import type { Decision } from "../../src/policy/decision.ts";
import { unconditionalPermissions } from "../../src/policy/granted.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Subject } from "../../src/policy/subject.ts";
import { drawn, partOf } from "../support/drawn.ts";
import type { DecisionCase, GeneratedRow } from "../support/generate-policy.ts";
import { decisionCase, spellRow } from "../support/generate-policy.ts";
import { compareJudges, policyOf } from "../support/judges.ts";
import { MODEL } from "../support/policy.ts";

const someRequests = decisionCase({ min: 1, max: 12 });
const seed = fc.nat({ max: 0xffffffff });

/** The decisions on all requests of the case, over other rows. */
function decideAll(rows: readonly GeneratedRow[], { requests }: DecisionCase): Decision[] {
  const policy = policyOf(rows);
  return requests.map((request) => decide(policy, request));
}

const rowsIn = (decision: Decision | undefined) => decision?.determining.map(({ row }) => row);

/** Which of a list a number chooses, so that shrinking a case keeps the choice. */
const choose = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];

describe("index, reference and stock casbin", () => {
  it("agree on every request, and index and reference on the determining rows", async () => {
    let asked = 0;
    let allowed = 0;
    await fc.assert(
      fc.asyncProperty(decisionCase({ min: 10, max: 10 }), async (one) => {
        const comparison = await compareJudges(one, true);
        asked += one.requests.length;
        allowed += comparison.allowed;
        expect(comparison.differences).toEqual([]);
      }),
      drawn(600),
    );
    // The law says little if hardly anything is allowed, or hardly anything denied.
    expect(allowed / asked).toBeGreaterThan(0.35);
    expect(allowed / asked).toBeLessThan(0.65);
  });
});

describe("a decision", () => {
  it("does not depend on the order of rows or on which file they are in", () => {
    fc.assert(
      fc.property(someRequests, fc.infiniteStream(seed), (one, stream) => {
        const key = new Map(one.rows.map((row) => [row, stream.next().value ?? 0]));
        const shuffled = [...one.rows].sort((a, b) => (key.get(a) ?? 0) - (key.get(b) ?? 0));
        const half = Math.floor(shuffled.length / 2);
        const file = (name: string, rows: readonly GeneratedRow[]) => ({
          path: `policies/${name}.csv`,
          text: rows.map(spellRow).join("\n"),
        });
        const files = [file("b", shuffled.slice(half)), file("a", shuffled.slice(0, half))];
        const policy = policyOf(one.rows);
        const other = loadPolicy({ model: MODEL, rows: files });
        expect(other.version).toBe(policy.version);
        for (const request of one.requests) {
          const [first, second] = [decide(policy, request), decide(other, request)];
          expect({ ...second, determining: rowsIn(second) }).toEqual({
            ...first,
            determining: rowsIn(first),
          });
        }
      }),
      drawn(200),
    );
  });

  it("never becomes an allow by one more deny row", () => {
    fc.assert(
      fc.property(someRequests, decisionCase({ min: 0, max: 0 }), (one, other) => {
        const texts = new Set(one.rows.map(spellRow));
        const denies = other.rows
          .filter(([type]) => type === "p")
          .map(([type = "", subject = "", permission = "", , ...condition]) => [
            ...[type, subject, permission, "deny"],
            ...condition,
          ])
          .filter((row) => !texts.has(spellRow(row)))
          .slice(0, 1);
        expectNoGain(decideAll(one.rows, one), decideAll([...one.rows, ...denies], one));
      }),
      drawn(300),
    );
  });

  it("never becomes an allow by one allow row less", () => {
    fc.assert(
      fc.property(someRequests, seed, (one, number) => {
        const removed = choose(
          one.rows.filter(([type, , , effect]) => type === "p" && effect === "allow"),
          number,
        );
        const filler = ["p", "role:filler", "filler:x", "allow"];
        const rows = [...one.rows.filter((row) => row !== removed), filler];
        expectNoGain(decideAll(one.rows, one), decideAll(rows, one));
      }),
      drawn(300),
    );
  });

  it("stays when roles and groups are consistently renamed", () => {
    const renamed = (text: string) =>
      /^(role:(?!authenticated$|machine$)|group:)/.test(text) ? text.replace(":", ":z") : text;
    fc.assert(
      fc.property(someRequests, (one) => {
        const rows = one.rows.map((row) => row.map(renamed));
        const policy = policyOf(rows);
        const before = decideAll(one.rows, one);
        one.requests.forEach((request, index) => {
          const after = decide(policy, { ...request, subjects: request.subjects.map(renamed) as Subject[] });
          const expected = one.rows
            .filter((row) => rowsIn(before[index])?.includes(spellRow(row)))
            .map((row) => spellRow(row.map(renamed)));
          expect(after.effect).toBe(before[index]?.effect);
          expect(after.reason).toBe(before[index]?.reason);
          expect(rowsIn(after)).toEqual(expected.sort());
        });
      }),
      drawn(300),
    );
  });

  it("is lost by further groups only to a row that denies", () => {
    let lost = 0;
    fc.assert(
      fc.property(someRequests, seed, (one, number) => {
        // The subjects of a neighbor seldom meet a deny; those of deny rows do, one of which is about some route.
        const opening = one.rows.flatMap(([type, , permission = ""]) => (type === "g2" ? [permission] : []));
        const denier = [
          "p",
          "group:denier",
          choose(
            opening.filter((name) => name !== "public"),
            number,
          ) ?? "*",
          "deny",
        ];
        const rows = [...one.rows, denier];
        const policy = policyOf(rows);
        const denied = rows.flatMap(([type, who, , effect]) =>
          type === "p" && effect === "deny" ? [[who as Subject]] : [],
        );
        for (const [index, request] of one.requests.entries()) {
          const before = decide(policy, request);
          if (before.effect === "deny") continue;
          for (const further of [one.requests[index - 1]?.subjects ?? [], ...denied]) {
            const after = decide(policy, { ...request, subjects: [...request.subjects, ...further] });
            if (after.effect === "allow") continue;
            lost += 1;
            expect(after.reason).toBe("denied_by_row");
            expect(rowsIn(after)?.every((row) => /, deny(, |$)/.test(row))).toBe(true);
          }
        }
      }),
      drawn(300),
    );
    expect(lost).toBeGreaterThan(partOf(400));
  });

  it("is the same however often, and in whatever order, a subject is named", () => {
    fc.assert(
      fc.property(someRequests, (one) => {
        const policy = policyOf(one.rows);
        for (const request of one.requests) {
          const subjects = [...request.subjects, ...request.subjects].reverse();
          expect(decide(policy, { ...request, subjects })).toEqual(decide(policy, request));
        }
      }),
      drawn(100),
    );
  });

  it("reads own properties of parameters and claims, and nothing that they inherit", () => {
    fc.assert(
      fc.property(someRequests, (one) => {
        const policy = policyOf(one.rows);
        for (const request of one.requests) {
          const inherited = {
            ...request,
            parameters: Object.create(request.parameters) as Record<string, string>,
            claims: Object.create(request.claims) as Record<string, unknown>,
          };
          const none = { ...request, parameters: {}, claims: {} };
          expect(decide(policy, inherited)).toEqual(decide(policy, none));
        }
      }),
      drawn(200),
    );
  });
});

function expectNoGain(before: readonly Decision[], after: readonly Decision[]): void {
  before.forEach((decision, index) => {
    if (decision.effect === "deny") expect(after[index]?.effect).toBe("deny");
  });
}

describe("the permissions that are said to hold whatever the request", () => {
  it("are allowed on each of their routes, for any parameters and claims", () => {
    let claimed = 0;
    fc.assert(
      fc.property(someRequests, (one) => {
        const policy = policyOf(one.rows.filter(([type]) => type !== "p3"));
        const routes = one.rows.filter(([type]) => type === "g2");
        for (const request of one.requests) {
          const listed = unconditionalPermissions(policy, request.subjects);
          for (const [, route, permission = ""] of routes) {
            if (!listed.includes(permission)) continue;
            claimed += 1;
            expect(decide(policy, { ...request, route }).effect).toBe("allow");
          }
        }
      }),
      drawn(300),
    );
    expect(claimed).toBeGreaterThan(200);
  });
});

describe("the truth table of docs/policies.md", () => {
  const ATOMS = { true: "{t}=same", false: "{t}=other", unknown: "{t}=missing" } as const;
  type Truth = keyof typeof ATOMS;
  const request = {
    subjects: ["role:a" as const],
    route: "GET /x/{t}",
    parameters: { t: "v" },
    claims: { same: "v", other: "w" },
  };
  const table = readFileSync("docs/policies.md", "utf8")
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("_", "")))
    .filter(([, , , allowing]) => allowing === "matches" || allowing === "does not match");
  const conjunctions = (["true", "false", "unknown"] as const).flatMap((a): Truth[][] => [
    [a],
    ...(["true", "false", "unknown"] as const).flatMap((b): Truth[][] => [
      [a, b],
      ...(["true", "false", "unknown"] as const).map((c): Truth[] => [a, b, c]),
    ]),
  ]);

  it("has the three rows of the cells below", () => {
    expect(table.map(([, atoms]) => atoms)).toEqual(["all true", "some false", "none false, some unknown"]);
  });

  /** Whether a row with these atoms matched, by the effect it had. */
  function matches(effect: "allow" | "deny", atoms: readonly Truth[]): boolean {
    const condition = atoms.map((truth) => ATOMS[truth]).join("&");
    const rows = [
      ["g2", "GET /x/{t}", "x:read"],
      ["p", "role:a", "x:read", effect, condition],
      ...(effect === "deny" ? [["p", "role:a", "x:read", "allow"]] : []),
    ];
    return decide(policyOf(rows), request).effect === effect;
  }

  it.each(conjunctions.map((atoms) => [atoms.join(" & "), atoms] as const))(
    "holds for %s",
    (_name, atoms) => {
      const wording = atoms.includes("false")
        ? "some false"
        : atoms.includes("unknown")
          ? "none false, some unknown"
          : "all true";
      const [, , , allowing, denying] = table.find(([, text]) => text === wording) ?? [];
      expect(matches("allow", atoms)).toBe(allowing === "matches");
      expect(matches("deny", atoms)).toBe(denying === "matches");
    },
  );
});

describe("a permission that is asked for by itself", () => {
  it("is decided as on a route that it alone opens", () => {
    let asked = 0;
    fc.assert(
      fc.property(someRequests, (one) => {
        const policy = policyOf(one.rows);
        for (const request of one.requests) {
          const [permission, ...more] = policy.routeEntries.get(request.route ?? "")?.permissions ?? [];
          if (permission === undefined || more.length > 0) continue;
          asked += 1;
          const { route: _route, ...rest } = request;
          expect(decidePermission(policy, { ...rest, permission })).toEqual(decide(policy, request));
        }
      }),
      drawn(300),
    );
    expect(asked).toBeGreaterThan(100);
  });
});
