import type { Explanation, NearMiss, RowChain } from "../../policy/explain.ts";
import {
  describeAge,
  describeComparison,
  describeSignInAgain,
  shownValue,
} from "../access/describe-comparison.ts";
import { describeOtherTenant } from "../access/describe-tenant.ts";
import type { ChainJson, ExplanationJson, MissJson } from "../console/contract.ts";

/** More rows than a person reads to find the one that is missing. */
const SHOWN_MISSES = 8;

/** A decision and its reasons, as a page shows them. */
export function explanationJson({
  effect,
  decision,
  determining,
  overruled,
  missing,
  acceptedAge,
}: Explanation): ExplanationJson {
  return {
    effect,
    reason: decision.reason,
    permissions: decision.permissions,
    subjects: decision.subjects,
    determining: determining.map(chainJson),
    overruled: overruled.map(chainJson),
    missing: missing.slice(0, SHOWN_MISSES).map(missJson),
    compared: decision.inputs.map(describeComparison),
    signIn: acceptedAge === undefined ? null : describeSignInAgain(acceptedAge),
  };
}

function chainJson({ row, path }: RowChain): ChainJson {
  return { place: `${row.file}:${row.line}`, row: row.row, path };
}

function missJson({ row, because }: NearMiss): MissJson {
  return { place: `${row.file}:${row.line}`, row: row.row, because: whyNot(because) };
}

function whyNot(because: NearMiss["because"]): string {
  if (because.kind === "condition") {
    const atoms = because.atoms
      .filter(({ truth }) => truth !== "true")
      .map(({ text, age, parameterValue, claimValue }) =>
        text.startsWith("max_age")
          ? `${text} compares the age of the sign-in, ${describeAge(age)}`
          : `${text} compares ${shownValue(parameterValue)} with ${shownValue(claimValue)}`,
      );
    return `${atoms.join(" and ")}: ${because.truth === "unknown" ? "unknown" : "not equal as asked"}`;
  }
  if (because.kind === "scope_not_held") {
    return `the token of ${because.client} does not have the scope \`${because.scope}\``;
  }
  if (because.kind === "other_tenant") return describeOtherTenant(because);
  const by = because.heldBy.length === 0 ? "no subject holds it" : `held by ${because.heldBy.join(", ")}`;
  return `the token does not hold ${because.subject} (${by})`;
}
