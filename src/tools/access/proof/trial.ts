import type { App } from "../../../policy/app.ts";
import { decide, decidePermission } from "../../../policy/decide.ts";
import type { Policy } from "../../../policy/policy.ts";
import { namedSubjects } from "../named-subjects.ts";
import type { ConcreteQuestion, PolicyPair, Shape, Target } from "./asked-question.ts";
import { type Compared, comparedBy } from "./compared-values.ts";
import type { FreshValues } from "./fresh-values.ts";
import type { Candidate, OpenCase } from "./open-cases.ts";
import { type PossibleToken, possibleTokens } from "./possible-tokens.ts";
import { valuePatterns } from "./value-patterns.ts";
import type { Answer, Direction, Witness } from "./witness.ts";

/** Any time will do: conditions read the age of a sign-in. */
const NOW = 1_800_000_000;

/**
 * Asks the engine of both policies about concrete requests.
 *
 * Its limit of decisions is for all trials together.
 */
export class Trial {
  readonly #pair: PolicyPair;
  readonly #fresh: FreshValues;
  readonly #users: ReadonlySet<string>;
  #left: number;

  constructor(pair: PolicyPair, fresh: FreshValues, decisions: number) {
    this.#pair = pair;
    this.#fresh = fresh;
    this.#users = namedUsers(pair);
    this.#left = decisions;
  }

  /**
   * A request and a token of the candidate that both policies answer differently, in that direction; undefined if there
   * is none.
   *
   * @returns a string, the reason, if not everything could be tried
   */
  witness(
    { question, kind, app }: OpenCase,
    { subjects, terms }: Candidate,
    direction: Direction,
  ): Witness | string | undefined {
    const compared = comparedBy(terms, subjects);
    for (const shape of question.shapes(compared.places)) {
      for (const concrete of this.#requests(shape, compared)) {
        const values = { path: valuesOf(concrete), other: this.#fresh(OTHER), users: this.#users };
        for (const token of possibleTokens(kind, subjects, compared, values)) {
          this.#left -= 1;
          if (this.#left < 0) return `${question.name} has too many values to try all of them`;
          const found = this.#ask(concrete, token, app, compared);
          if (isIn(direction, found)) return found;
        }
      }
    }
    return undefined;
  }

  /** The requests of a shape whose values comparisons can tell apart. */
  *#requests(
    { count, given, isOptional, fill }: Shape,
    compared: Compared,
  ): Generator<ConcreteQuestion, undefined> {
    const constants = [...new Set([...compared.constants, ...given, ...(isOptional ? [""] : [])])];
    for (const values of valuePatterns(count, constants, this.#fresh)) {
      const concrete = fill(values);
      if (concrete !== undefined) yield concrete;
    }
    return undefined;
  }

  #ask(concrete: ConcreteQuestion, token: PossibleToken, app: App | undefined, compared: Compared): Witness {
    const { before, after } = this.#pair;
    const { kind, subjects, claims, age } = token;
    return {
      token: {
        kind,
        subjects,
        app,
        claims,
        missingClaims: compared.claims.filter((name) => !Object.hasOwn(claims, name)),
        signedIn: compared.ages.length === 0 ? undefined : (age ?? "unknown"),
      },
      asked: concrete.asked,
      before: answerOf(before, concrete.before, token, app),
      after: answerOf(after, concrete.after, token, app),
    };
  }
}

/** None with several pools: rows name the pool then, and another one may have a user of that `sub`. */
function namedUsers({ before, after }: PolicyPair): ReadonlySet<string> {
  const all = [...namedSubjects(before), ...namedSubjects(after)].filter((one) => one.startsWith("user:"));
  return new Set(all.some((user) => user.includes("/")) ? [] : all);
}

/** The number of a value that no request has. */
const OTHER = 99;

/** The values of a request's parameters, in both policies. */
function valuesOf({ before, after }: ConcreteQuestion): readonly string[] {
  return [...new Set([...Object.values(before.parameters), ...Object.values(after.parameters)])];
}

function answerOf(policy: Policy, target: Target, token: PossibleToken, app: App | undefined): Answer {
  const { kind, subjects, claims, age } = token;
  const request = {
    subjects: [kind, ...subjects],
    app,
    claims,
    parameters: target.parameters,
    ...(age === undefined ? {} : { time: NOW, authTime: NOW - age }),
  };
  const { effect, determining, reason } =
    "permission" in target
      ? decidePermission(policy, { ...request, permission: target.permission })
      : decide(policy, { ...request, route: target.route });
  return { effect, isPublic: false, determining, reason };
}

function isIn(direction: Direction, { before, after }: Witness): boolean {
  if (before.effect === after.effect) return false;
  return (after.effect === "allow") === (direction === "wider");
}
