// The one door to casbin.
import { Enforcer, FunctionMap, newModelFromString } from "casbin";
import { ClaimgateError } from "../errors.ts";
import type { GrantRow } from "./policy.ts";

/** What casbin is asked about: it calls `matches` with the columns of one row after the other. */
export interface Question {
  matches(subject: string, permission: string, effect: string, condition: string): boolean;
}

/** casbin, deciding over the rows that it is handed. */
export interface Engine {
  /**
   * The effect of the rows on the question. The caller hands it every row that could match, and at least
   * one: on no rows at all casbin would evaluate its matcher on empty strings.
   */
  allows(question: Question, candidates: readonly GrantRow[]): boolean;
}

/**
 * An enforcer that knows no function but ours. casbin copies its functions into a new object for every
 * decision and again for every row, and the dozen that it ships with are never called here.
 */
class LeanEnforcer extends Enforcer {
  protected override fm = new FunctionMap();
}

/** Builds the enforcer from the model's text. The rows come with each question. */
export function createEngine(modelText: string): Engine {
  const model = newModelFromString(modelText);
  // Roles are followed before casbin is asked. Each `g` would cost a property of the evaluation context, and
  // past nineteen of them V8 makes that object a dictionary, which doubles the cost of a row.
  model.model.delete("g");
  const enforcer = new LeanEnforcer();
  enforcer.setModel(model);
  // Registered synchronously inside; the promise only wraps a boolean and cannot reject.
  void enforcer.addFunction("matches", matches);
  const assertion = model.model.get("p")?.get("p");
  if (assertion === undefined)
    throw new ClaimgateError("policy_engine_disagrees", "the model defines no `p`");
  return {
    allows(question, candidates) {
      if (candidates.length === 0) return false;
      // INVARIANT: set and read in one synchronous block, so no other decision can come between.
      assertion.policy = candidates.map((row) => row.columns);
      const answer: unknown = enforcer.enforceSync(question);
      return answer === true;
    },
  };
}

/** The function behind `matches(...)` in model.conf: the request itself knows whether a row speaks of it. */
export function matches(question: Question, ...columns: [string, string, string, string]): boolean {
  return question.matches(...columns);
}
