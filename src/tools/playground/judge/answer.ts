import { ClaimgateError } from "../../../errors.ts";
import type { App } from "../../../policy/app.ts";
import { decide, decidePermission } from "../../../policy/decide.ts";
import { explain, explainPermission } from "../../../policy/explain.ts";
import type { Policy } from "../../../policy/policy.ts";
import { type Subject, tokenSubjects } from "../../../policy/subject.ts";
import { QuestionError, readTarget, type Target, unknownSubjects } from "../../access/question.ts";
import type { ExplanationJson } from "../../console/contract.ts";
import { explanationJson } from "../../policy-view/explanation-json.ts";
import type { Persona, PlaygroundState } from "../state/state.ts";

/** What the policy says to the question of the page. */
export interface Answer {
  /** The declared route that decides, or the permission. */
  readonly target: string;
  /** The placeholders that the page asks values for. */
  readonly parameters: readonly string[];
  readonly explanation: ExplanationJson;
  /** The effect for each persona, in their order. */
  readonly effects: readonly ExplanationJson["effect"][];
  /** What is probably wrong with the persona, in sentences. */
  readonly notes: readonly string[];
}

/** A question that the policy cannot answer: why, and what was probably meant. */
export interface NoAnswer {
  readonly problem: string;
  readonly fix: string | undefined;
}

/**
 * Asks the policy the question of the page, for the chosen persona and all others.
 *
 * @param time now, in epoch seconds
 */
export function answerTo(
  policy: Policy,
  { ask, personas, chosen, parameters }: PlaygroundState,
  time: number,
): Answer | NoAnswer {
  const persona = personas[chosen];
  if (persona === undefined) return { problem: "add a persona, who asks", fix: undefined };
  const target = targetOf(policy, ask.trim());
  if ("problem" in target) return target;
  const names = parametersOf(policy, target);
  const values = valuesFor(target, names, parameters);
  const questions = personas.map((one) => ({ ...callerOf(one, time), parameters: values, time }));
  const question = questions[chosen];
  if (question === undefined) return { problem: "add a persona, who asks", fix: undefined };
  const explanation =
    "route" in target
      ? explain(policy, { ...question, route: target.route })
      : explainPermission(policy, { ...question, permission: target.permission });
  return {
    target: "route" in target ? target.route : target.permission,
    parameters: names,
    explanation: explanationJson(explanation),
    effects: questions.map((one) => effectOf(policy, target, one)),
    notes: notesOn(policy, persona, question.subjects),
  };
}

type Caller = Pick<Parameters<typeof decide>[1], "subjects" | "app" | "claims" | "authTime">;
type Question = Caller & Pick<Parameters<typeof decide>[1], "parameters" | "time">;

/** What the token of a persona says. */
function callerOf(persona: Persona, time: number): Caller {
  const { kind, sub, groups, client, scopes, claims, age } = persona;
  if (kind === "machine") {
    const subjects = tokenSubjects({ kind, client: client === "" ? undefined : client, scopes });
    return { subjects, app: undefined, claims };
  }
  const app: App | undefined = client === "" ? undefined : { client, scopes };
  return {
    subjects: tokenSubjects({ kind, sub, groups }),
    app,
    claims: { sub, ...claims },
    authTime: age === undefined ? undefined : time - age,
  };
}

function targetOf(policy: Policy, ask: string): Target | NoAnswer {
  if (ask === "") return { problem: "ask about a route or a permission", fix: undefined };
  try {
    return readTarget(policy, ask);
  } catch (error) {
    if (error instanceof QuestionError) return { problem: error.message, fix: error.fix };
    // A path that no gateway passes on, such as one with an empty segment.
    if (error instanceof ClaimgateError) return { problem: error.message, fix: undefined };
    throw error;
  }
}

/** The names of path parameters that a value has to be given for. */
function parametersOf(policy: Policy, target: Target): readonly string[] {
  if ("route" in target) {
    const isConcrete = Object.keys(target.parameters).length > 0;
    return isConcrete ? [] : [...target.route.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = ""]) => name);
  }
  const compared = [...policy.conditions.values()].flat().flatMap(({ parameter }) => parameter ?? []);
  return [...new Set([...compared, ...policy.tenantRoles.map(({ parameter }) => parameter)])].sort();
}

/** An empty field is a parameter that the request does not have. */
function valuesFor(
  target: Target,
  names: readonly string[],
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = "route" in target ? target.parameters : {};
  const entered = names.map((name) => [name, Object.hasOwn(given, name) ? (given[name] ?? "") : ""] as const);
  return { ...own, ...Object.fromEntries(entered.filter(([, value]) => value !== "")) };
}

function effectOf(policy: Policy, target: Target, question: Question): ExplanationJson["effect"] {
  if (!("route" in target)) return decidePermission(policy, { ...question, ...target }).effect;
  const { effect, reason } = decide(policy, { ...question, route: target.route });
  return reason === "route_without_permission" ? "allow" : effect;
}

function notesOn(policy: Policy, { kind, client }: Persona, subjects: readonly Subject[]): readonly string[] {
  const appless =
    kind === "user" && client === "" && policy.apps.size > 0
      ? ["the policy has `p3` rows, so the answer depends on the app: name one"]
      : [];
  return [...appless, ...unknownSubjects(policy, subjects)];
}
