// The one door to casbin.
import { Enforcer, FunctionMap, newModel } from "casbin";
import { ClaimgateError } from "../errors.ts";
import type { DecisionRow } from "./policy.ts";

/** The question to casbin, which calls `matches` with the columns of each row in turn. */
export interface Question {
  matches(subject: string, permission: string, effect: string, condition: string): boolean;
}

/** casbin, deciding over the rows of one call. */
export interface Engine {
  /**
   * The effect of the rows on the question. Pass every row that could match, and at least one: without rows casbin
   * evaluates its matcher on empty strings.
   */
  allows(question: Question, candidates: readonly DecisionRow[]): boolean;
}

/**
 * An enforcer with no functions but ours. casbin copies its functions into a new object for every decision and every
 * row, and nothing here calls the dozen that it ships with.
 */
class LeanEnforcer extends Enforcer {
  protected override fm = new FunctionMap();
}

/** Builds the enforcer from the model. Each question brings its own rows. */
export function createEngine(modelText: string): Engine {
  const model = newModel();
  for (const [key, value] of definitionsIn(modelText)) model.addDef(key, key, value);
  const enforcer = new LeanEnforcer();
  enforcer.setModel(model);
  // casbin registers synchronously; the promise only wraps a boolean and cannot reject.
  void enforcer.addFunction("matches", matches);
  const assertion = model.model.get("p")?.get("p");
  if (assertion === undefined)
    throw new ClaimgateError("policy_engine_disagrees", "the model defines no `p`");
  return {
    allows(question, candidates) {
      if (candidates.length === 0) return false;
      // INVARIANT: set and read in one synchronous block, so no other decision can interleave.
      assertion.policy = candidates.map((row) => row.columns);
      const answer: unknown = enforcer.enforceSync(question);
      return answer === true;
    },
  };
}

/**
 * What the model says of `p` rows: request, row, effect and matcher. The rest stays out. Roles are followed before
 * casbin is asked: each `g` would cost a property of the evaluation context, and past nineteen of them V8 makes that
 * object a dictionary, which doubles the cost of a row. casbin's own reader takes 0.3 ms of each start.
 */
function definitionsIn(modelText: string): readonly (readonly [key: string, value: string])[] {
  return modelText.split("\n").flatMap((line) => {
    const [key, equals, value] = [line.slice(0, 1), line.slice(1, 4), line.slice(4)];
    return "rpem".includes(key) && equals === " = " ? [[key, value] as const] : [];
  });
}

/** The function behind `matches(...)` in model.conf: delegates to the request. */
function matches(question: Question, ...columns: [string, string, string, string]): boolean {
  return question.matches(...columns);
}
