import type { Invocation } from "../invoke.ts";

/** How many answers of an authorizer are kept; the oldest go first. */
const KEPT = 1_000;

/** The answers that a gateway keeps of its authorizers, each for the time to live of its authorizer. */
export class ResultCache {
  readonly #kept = new Map<string, { readonly until: number; readonly invocation: Invocation }>();

  /** @param key the authorizer and the values of its identity sources */
  find(key: readonly string[], now: number): Invocation | undefined {
    const found = this.#kept.get(JSON.stringify(key));
    return found !== undefined && now < found.until ? found.invocation : undefined;
  }

  keep(key: readonly string[], invocation: Invocation, until: number): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(JSON.stringify(key), { until, invocation });
  }
}
