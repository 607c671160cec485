import type { AuthorizerSwitches, SwitchedOff } from "../findings/switched.ts";
import type { Problem, Rule } from "./rule.ts";

/** The findings that `lint.json` switches off for single authorizers, counted as they are hidden. */
export class ApartAuthorizers {
  readonly #hidden: Map<string, Map<string, { readonly reason: string; hidden: number }>>;

  constructor(switches: AuthorizerSwitches) {
    this.#hidden = new Map(
      [...switches].map(([rule, authorizers]) => [
        rule,
        new Map([...authorizers].map(([name, reason]) => [name, { reason, hidden: 0 }])),
      ]),
    );
  }

  hides({ id }: Rule, { authorizer }: Problem): boolean {
    const one = authorizer === undefined ? undefined : this.#hidden.get(id)?.get(authorizer);
    if (one === undefined) return false;
    one.hidden += 1;
    return true;
  }

  switchedOff(): readonly SwitchedOff[] {
    return [...this.#hidden].flatMap(([rule, authorizers]) =>
      [...authorizers].map(([authorizer, { reason, hidden }]) => ({ rule, authorizer, reason, hidden })),
    );
  }
}
