import type { Decision } from "../../policy/decision.ts";
import { type Explanation, explain, explainPermission } from "../../policy/explain.ts";
import { covers } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";
import type { AskedTarget, Principal, Reason, Suite } from "./policy-test.ts";
import type { At } from "./yaml-reader.ts";

/** One decision of a suite and its result. */
export interface TestCase extends At {
  readonly suite: string;
  readonly principal: string;
  /** In the suite's spelling. */
  readonly target: string;
  /** The declared route that decided; undefined for a single permission. */
  readonly route: string | undefined;
  readonly expected: Decision["effect"];
  readonly explanation: Explanation;
  /** Undefined if it passed, else a sentence. */
  readonly failure: string | undefined;
}

/** Decides every principal of a suite on every target. */
export function runSuite(policy: Policy, suite: Suite): readonly TestCase[] {
  return suite.principals.flatMap((principal) =>
    suite.targets.map((target) => runCase(policy, suite, principal, target)),
  );
}

/** Any time: only the age of a sign-in decides. In epoch seconds. */
const NOW = 1_800_000_000;

function runCase(policy: Policy, suite: Suite, principal: Principal, asked: AskedTarget): TestCase {
  const expected = suite.allow.get(principal.name)?.has(asked.text) === true ? "allow" : "deny";
  const { subjects, app, claims, age } = principal;
  const times = { time: NOW, authTime: age === undefined ? undefined : NOW - age };
  const explanation =
    "route" in asked.target
      ? explain(policy, {
          subjects,
          app,
          claims,
          ...times,
          route: asked.target.route,
          parameters: { ...suite.parameters, ...asked.target.parameters },
        })
      : explainPermission(policy, {
          subjects,
          app,
          claims,
          ...times,
          permission: asked.target.permission,
          parameters: suite.parameters,
        });
  const { file, line, column } = asked;
  const route = "route" in asked.target ? asked.target.route : undefined;
  const about = {
    file,
    line,
    column,
    suite: suite.name,
    principal: principal.name,
    target: asked.text,
    route,
  };
  return {
    ...about,
    expected,
    explanation,
    failure: failureOf(suite, about, expected, explanation),
  };
}

function failureOf(
  { because }: Suite,
  { principal, target }: { readonly principal: string; readonly target: string },
  expected: Decision["effect"],
  explanation: Explanation,
): string | undefined {
  const { effect } = explanation;
  const { reason, determining } = explanation.decision;
  const rows = determining.map(({ file, line, row }) => `${file}:${line}  ${row}`);
  if (effect !== expected) {
    const why =
      rows.length > 0
        ? ` by ${rows.join(" and ")}`
        : reason === "route_without_permission"
          ? ": the route is public"
          : reason === "app_not_allowed"
            ? ": the app may not, since no `p3` row covers it"
            : ": no row grants it";
    return `expected ${expected}, found ${effect}${why}`;
  }
  const wanted = because
    .filter((one) => one.principal === principal && one.target === target)
    .flatMap((one) => missingReason(one, explanation) ?? [])[0];
  if (wanted === undefined) return undefined;
  return `expected the determining row ${wanted}, found ${rows.join(" and ") || "no row"}`;
}

/** The part of a reason that did not decide; undefined if all of it did. */
function missingReason({ row, granted }: Reason, explanation: Explanation): string | undefined {
  const { decision, determining } = explanation;
  if (row !== undefined && !decision.determining.some((one) => one.row === row)) return `\`${row}\``;
  if (granted === undefined) return undefined;
  const grants = decision.effect === "allow" && determining.some((one) => covers(one.permission, granted));
  return grants ? undefined : `a row that allows \`${granted}\``;
}
