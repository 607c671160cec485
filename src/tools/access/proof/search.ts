import { appCases } from "../app-cases.ts";
import { some } from "../condition-outcomes.ts";
import { holdersAbout } from "../holders-about.ts";
import { type Holder, holdersOfBoth, holdersOfOne } from "../term-changes.ts";
import { anonymousWitness } from "./anonymous.ts";
import type { PolicyPair, Question } from "./asked-question.ts";
import { candidatesOf, MOST_SUBJECTS, type OpenCase, openCases } from "./open-cases.ts";
import type { Trial } from "./trial.ts";
import type { Direction, Witness } from "./witness.ts";

/** What a search found. */
export interface SearchResult {
  readonly wider: Witness | undefined;
  readonly narrower: Witness | undefined;
  /** Why a direction without a witness may have one. */
  readonly unproven: readonly string[];
}

/** The search for the smallest token in each direction. */
export class Search {
  readonly #pair: PolicyPair;
  readonly #trial: Trial;
  readonly #witnesses = new Map<Direction, Witness>();
  readonly #unproven = new Set<string>();
  #candidates: number;

  constructor(pair: PolicyPair, trial: Trial, candidates: number) {
    this.#pair = pair;
    this.#trial = trial;
    this.#candidates = candidates;
  }

  /** Smaller tokens first, over all questions. */
  run(questions: readonly Question[]): void {
    for (const question of questions) {
      const witness = anonymousWitness(question);
      if (witness !== undefined) this.#keep(witness.direction, witness.witness);
    }
    const asked = questions.filter(({ isPublic }) => !isPublic.before && !isPublic.after);
    const { before, after } = this.#pair;
    const [about, cases] = [holdersAbout(holdersOfOne(before, after)), appCases(before, after)];
    const open = asked.flatMap((question) => [...openCases(question, about(question.entries), cases)]);
    for (let size = 0; size <= MOST_SUBJECTS; size += 1) {
      for (const one of open) this.#try(one, size);
    }
    if (this.#wanted().length > 0) this.#overlaps(asked, holdersOfBoth(before, after));
  }

  result(): SearchResult {
    return {
      wider: this.#witnesses.get("wider"),
      narrower: this.#witnesses.get("narrower"),
      unproven: this.#wanted().length === 0 ? [] : [...this.#unproven].sort(),
    };
  }

  #try(one: OpenCase, size: number): void {
    for (const candidate of candidatesOf(one, size, this.#wanted())) {
      this.#candidates -= 1;
      if (this.#candidates < 0) {
        this.#unproven.add("there are too many tokens to compare all of them");
        return;
      }
      for (const direction of candidate.directions) {
        if (this.#witnesses.has(direction)) continue;
        const result = this.#trial.witness(one, candidate, direction);
        if (typeof result === "string") this.#unproven.add(result);
        else if (result !== undefined) this.#keep(direction, result);
      }
    }
  }

  /** A group that two different patterns fit has no name that the search tries. */
  #overlaps(questions: readonly Question[], holders: readonly Holder[]): void {
    for (const holder of holders) {
      const mayDiffer = questions.some((question) => {
        const [was, is] = question.terms(holder, undefined);
        return (
          JSON.stringify(was) !== JSON.stringify(is) &&
          some([was, is], ([a, b]) => a?.allow !== b?.allow || a?.deny !== b?.deny)
        );
      });
      if (mayDiffer)
        this.#unproven.add(`groups that fit \`${holder.subject}\` and another placeholder are not compared`);
    }
  }

  #wanted(): readonly Direction[] {
    return (["wider", "narrower"] as const).filter((direction) => !this.#witnesses.has(direction));
  }

  #keep(direction: Direction, witness: Witness): void {
    if (!this.#witnesses.has(direction)) this.#witnesses.set(direction, witness);
  }
}
