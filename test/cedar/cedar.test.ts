import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { AUTHENTICATED, MACHINE } from "../../src/policy/subject.ts";
import { exportCedar } from "../../src/tools/export/cedar/export-cedar.ts";
import { readPolicyDirectory } from "../../src/tools/machine/policy-files.ts";
import { drawn } from "../support/drawn.ts";
import { type Case, everyCase } from "../support/every-case.ts";
import { decisionCase, type GeneratedRequest } from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";
import { policyFrom, samplePolicy } from "../support/policy.ts";
import { fewerRoutes, tenantPair } from "../support/route-changes.ts";
import { annotatedRows, CedarJudge, complaintsAbout } from "./cedar-judge.ts";

/** Compares all cases; each policy's text is checked first. */
function compare(
  policy: Policy,
  cases: Iterable<Case>,
): { readonly asked: number; readonly allowed: number } {
  const exported = exportCedar(policy, "Claimgate");
  expect(exported.refused).toEqual([]);
  expect(complaintsAbout(exported)).toEqual([]);
  expect(annotatedRows(exported.policies)).toEqual(
    exported.policies.map(({ rows }) => rows.map(({ row }) => row)),
  );
  const judge = new CedarJudge(policy, exported);
  const count = { asked: 0, allowed: 0 };
  for (const asked of cases) {
    const { difference, effect } = judge.compare(asked);
    if (difference !== undefined) throw new Error(JSON.stringify(difference, null, 2));
    count.asked += 1;
    if (effect === "allow") count.allowed += 1;
  }
  return count;
}

/** Of a few generated policies, which have very many cases, some. */
const MOST_CASES = 2000;

function spread(cases: readonly Case[]): readonly Case[] {
  const step = Math.ceil(cases.length / MOST_CASES);
  return cases.filter((_, index) => index % step === 0);
}

const SHIPPED = [...readdirSync("examples").map((name) => join("examples", name)), "templates/new/common"]
  .map((folder) => join(folder, "policies"))
  .filter((folder) => existsSync(folder));

/** As a verified token has them: of one kind, without roles. */
function possible({ subjects, app, ...request }: GeneratedRequest, isMachine: boolean): Case {
  const prefixes = isMachine ? ["client:", "scope:"] : ["group:", "user:"];
  const user = subjects.find((one) => one.startsWith("user:"));
  const own = subjects
    .filter((one) => prefixes.some((prefix) => one.startsWith(prefix)))
    .filter((one) => !one.startsWith("user:") || one === user);
  const kind = isMachine ? MACHINE : AUTHENTICATED;
  return { ...request, subjects: [kind, ...own], app: isMachine ? undefined : app };
}

describe("the policy in Cedar", () => {
  it("decides every case of the sample policy by the same rows", () => {
    const policy = samplePolicy();
    const { asked, allowed } = compare(policy, everyCase(policy));
    expect(asked).toBeGreaterThan(900);
    expect(allowed).toBeGreaterThan(100);
  });

  it.each(SHIPPED)("decides every case of %s by the same rows", (directory) => {
    const policy = loadPolicy(readPolicyDirectory({ directory, namedFrom: "." }));
    const { asked } = compare(policy, everyCase(policy));
    expect(asked).toBeGreaterThan(0);
  });

  it("keeps names within their strings, and parameters apart from what Cedar's JSON reserves", () => {
    const policy = policyFrom(
      [
        "g2, GET /a/{__entity}/{__extn}, o:r",
        String.raw`p, "user:""\{},action,resource);permit(principal,action,resource);//$(", o:r, allow, {__entity}=sub`,
        "p, group:|`é, o:r, allow, {__extn}=__proto__",
        "p, group:a, o:r, deny, {__extn}!='a'",
      ].join("\n"),
    );
    const { allowed } = compare(policy, everyCase(policy));
    expect(allowed).toBeGreaterThan(0);
  });

  it.each([
    ["conditions and apps", fewerRoutes, 600],
    ["roles in a tenant", tenantPair, 200],
  ] as const)("decides every case of a policy with %s by the same rows", (_, pairs, runs) => {
    const seen = { asked: 0, allowed: 0 };
    fc.assert(
      fc.property(pairs, ({ before }) => {
        const policy = policyOf(before);
        const { asked, allowed } = compare(policy, spread([...everyCase(policy)]));
        seen.asked += asked;
        seen.allowed += allowed;
      }),
      { ...drawn(runs, 25), endOnFailure: true },
    );
    expect(seen.allowed).toBeGreaterThan(seen.asked / 50);
  });

  it("decides as the engine whatever the names, the types of claims and the tokens", () => {
    const seen = { asked: 0, allowed: 0 };
    fc.assert(
      fc.property(decisionCase({ min: 10, max: 20 }), ({ rows, requests }) => {
        const policy = policyOf(rows);
        const cases = requests.map((one, index) => possible(one, index % 4 === 0));
        const named = [...policy.rowsByPattern.keys()].filter((one) => !one.includes("*"));
        const held = cases.map(({ route: _, ...one }: Case & { route?: string | undefined }, index) => ({
          ...one,
          permission: named[index % named.length] ?? "order:unnamed",
        }));
        const { asked, allowed } = compare(policy, [...cases, ...held]);
        seen.asked += asked;
        seen.allowed += allowed;
      }),
      { ...drawn(1600), endOnFailure: true },
    );
    expect(seen.allowed).toBeGreaterThan(seen.asked / 50);
  });
});
