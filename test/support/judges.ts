import { decide } from "../../src/policy/decide.ts";
import type { Decision } from "../../src/policy/decision.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { referenceDecide } from "../../src/policy/reference.ts";
import type { DecisionCase, GeneratedRequest, GeneratedRow } from "./generate-policy.ts";
import { spellRow } from "./generate-policy.ts";
import { MODEL } from "./policy.ts";
import { stockDecisions } from "./stock-casbin.ts";

/** What each judge says of one request; `stock` is left out where it was not asked. */
interface Difference {
  readonly request: GeneratedRequest;
  readonly index: Verdict | string;
  readonly reference: Verdict;
  readonly stock?: "allow" | "deny";
}

interface Verdict {
  readonly effect: "allow" | "deny";
  /** The rows as their fields joined by `, `, sorted. */
  readonly determining: readonly string[];
}

export interface Comparison {
  readonly differences: readonly Difference[];
  readonly allowed: number;
}

/** The rows as a policy of one file. */
export function policyOf(rows: readonly GeneratedRow[]): Policy {
  return loadPolicy({
    model: MODEL,
    rows: [{ path: "policies/generated.csv", text: rows.map(spellRow).join("\n") }],
  });
}

/** Asks index and reference, and stock casbin too if it is wanted, about every request of the case. */
export async function compareJudges(one: DecisionCase, askStock: boolean): Promise<Comparison> {
  const policy = policyOf(one.rows);
  const joined = new Map(one.rows.map((row) => [spellRow(row), row.join(", ")]));
  const stock = askStock ? await stockDecisions(one) : undefined;
  const differences: Difference[] = [];
  let allowed = 0;
  one.requests.forEach((request, position) => {
    const reference = referenceDecide(one.rows, request);
    const index = indexVerdict(policy, request, joined);
    const answer = stock?.[position];
    if (reference.effect === "allow") allowed += 1;
    if (same(index, reference) && (answer === undefined || answer === reference.effect)) return;
    differences.push({ request, index, reference, ...(answer === undefined ? {} : { stock: answer }) });
  });
  return { differences, allowed };
}

function indexVerdict(
  policy: Policy,
  request: GeneratedRequest,
  joined: ReadonlyMap<string, string>,
): Verdict | string {
  try {
    return verdictOf(decide(policy, request), joined);
  } catch (error) {
    // An error is never an allow, but where the reference has an answer it is a difference.
    return `threw ${String(error)}`;
  }
}

function verdictOf({ effect, determining }: Decision, joined: ReadonlyMap<string, string>): Verdict {
  return {
    effect,
    determining: determining.map(({ row }) => joined.get(row) ?? `no row of the policy: ${row}`).sort(),
  };
}

function same(index: Verdict | string, reference: Verdict): boolean {
  return (
    typeof index !== "string" &&
    index.effect === reference.effect &&
    index.determining.length === reference.determining.length &&
    index.determining.every((row, position) => row === reference.determining[position])
  );
}
