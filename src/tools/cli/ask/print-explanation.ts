import type { Decision, DeterminingRow } from "../../../policy/decision.ts";
import type { Explanation, NearMiss, RowChain } from "../../../policy/explain.ts";
import { describeComparison, describeSignInAgain } from "../../access/describe-comparison.ts";
import { describeOtherTenant } from "../../access/describe-tenant.ts";
import type { Screen } from "../../machine/screen.ts";
import type { Asked } from "./ask.ts";

/** The number of rows that would grant it to show; the nearest come first. */
const SHOWN_MISSES = 5;

/** `allow: policies/roles.csv:12  p, role:customer, orders:read, allow` */
export function answerLine(asked: Asked): string {
  const { acceptedAge } = asked.explanation;
  return acceptedAge === undefined
    ? reasonLine(asked)
    : `${reasonLine(asked)}; ${describeSignInAgain(acceptedAge)}`;
}

function reasonLine({ explanation: { decision, missing, didYouMean } }: Asked): string {
  const [row] = decision.determining;
  if (row !== undefined) return placed(row);
  switch (decision.reason) {
    case "route_unknown":
      return `the policy has no such route${didYouMean === undefined ? "" : `; did you mean \`${didYouMean}\`?`}`;
    case "route_without_permission":
      return "the route is public, so it has no authorizer and allows everyone";
    case "allowed_by_row":
    case "denied_by_row":
    case "nothing_granted": {
      const [nearest] = missing;
      return nearest === undefined
        ? "no row grants it to any subject"
        : `no row grants it: ${missed(nearest)}`;
    }
    case "app_not_allowed":
      return appLine(decision, missing);
  }
}

/** The user may, the app may not. */
function appLine({ app, permissions }: Decision, [nearest]: readonly NearMiss[]): string {
  if (nearest !== undefined)
    return `the app may not: ${missed(nearest)} (${nearest.row.file}:${nearest.row.line})`;
  if (app === undefined) return "the app may not: the policy has `p3` rows, and the request names no app";
  return `the app may not: no \`p3\` row of client:${app.client} covers ${permissions.join(" or ")}`;
}

/** Says when a coarser row decides the question: one for every method, or for more than this path. */
export function resolvedLine({ target }: Pick<Asked, "target">): string | undefined {
  if (!("route" in target) || target.asked === target.route) return undefined;
  if (!/^(ANY |\$)|\+\}$/.test(target.route)) return undefined;
  return `${target.asked} is decided by the rows of ${target.route}`;
}

/** The whole chain of an allow, or everything that is missing. */
export function printExplanation(screen: Screen, asked: Asked): void {
  const { explanation } = asked;
  const { decision, determining, overruled, missing, acceptedAge } = explanation;
  const opened = decision.permissions.length === 0 ? "no permission" : decision.permissions.join(", ");
  screen.line(`${verdict(screen, explanation)}  opened by ${opened}`);
  const resolved = resolvedLine(asked);
  if (resolved !== undefined) screen.line(`  route     ${resolved}`);
  screen.line(`  holds     ${decision.subjects.join(" ")}`);
  for (const chain of determining)
    printChain(screen, decision.effect === "allow" ? "allowed" : "denied", chain);
  const overruledBy = decision.reason === "app_not_allowed" ? "for user" : "overruled";
  for (const chain of overruled) printChain(screen, overruledBy, chain);
  for (const input of decision.inputs) screen.line(`  compared  ${describeComparison(input)}`);
  if (decision.determining.length === 0) screen.line(`  ${reasonLine(asked)}`);
  if (decision.effect !== explanation.effect) {
    screen.line(`  if asked  an authorizer on this route would answer ${decision.effect}`);
  }
  if (acceptedAge !== undefined) screen.line(`  sign in   ${describeSignInAgain(acceptedAge)}`);
  for (const miss of missing.slice(0, SHOWN_MISSES))
    screen.line(`  nearest   ${placed(miss.row)}: ${missed(miss)}`);
  if (missing.length > SHOWN_MISSES) screen.line(`  ... and ${missing.length - SHOWN_MISSES} more rows`);
}

export function verdict(screen: Screen, { effect }: Explanation): string {
  return screen.style(effect === "allow" ? "green" : "red", effect);
}

function printChain(screen: Screen, what: string, { row, path }: RowChain): void {
  screen.line(`  ${what.padEnd(10)}${placed(row)}`);
  screen.line(`            by ${path.join(" -> ")}`);
}

function placed({ file, line, row }: DeterminingRow): string {
  return `${file}:${line}  ${row}`;
}

function missed({ because }: NearMiss): string {
  if (because.kind === "condition") {
    const atoms = because.atoms.filter(({ truth }) => truth !== "true").map(({ text }) => text);
    return `${atoms.join(" and ")} ${because.truth === "unknown" ? "is unknown" : "does not hold"}`;
  }
  if (because.kind === "scope_not_held")
    return `the token of ${because.client} lacks the scope ${because.scope}`;
  if (because.kind === "other_tenant") return describeOtherTenant(because);
  const by = because.heldBy.length === 0 ? "no subject holds it" : `held by ${because.heldBy.join(", ")}`;
  return `${because.subject} is not held (${by})`;
}
