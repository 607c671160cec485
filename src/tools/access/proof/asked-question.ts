import type { App } from "../../../policy/app.ts";
import type { Policy, RouteEntry } from "../../../policy/policy.ts";
import type { Terms } from "../condition-outcomes.ts";
import type { Holder } from "../term-changes.ts";
import type { Asked } from "./witness.ts";

/** Requests that both policies decide by the same pair of routes, or a single permission. */
export interface Question {
  /** For messages. */
  readonly name: string;
  /** Whether each policy answers without asking for a token. */
  readonly isPublic: { readonly before: boolean; readonly after: boolean };
  /** Every row that may decide it in one of the policies. */
  readonly entries: readonly (RouteEntry | undefined)[];
  /** When the holder is allowed in each policy. */
  readonly terms: (holder: Holder, app: App | undefined) => readonly [before: Terms, after: Terms];
  /**
   * Every kind of concrete requests, each with values to choose.
   *
   * @param places those of the comparisons: the values elsewhere do not matter
   */
  readonly shapes: (places: ReadonlySet<string>) => Iterable<Shape>;
}

/** Concrete requests that differ in some values. */
export interface Shape {
  /** How many values there are to choose. */
  readonly count: number;
  /** The values that all these requests have where comparisons read them: a chosen one may be equal to one of these. */
  readonly given: readonly string[];
  /** Whether an empty value is one that the request lacks. */
  readonly isOptional: boolean;
  /** The request with these values; undefined if it is of another question, or is never delivered. */
  readonly fill: (values: readonly string[]) => ConcreteQuestion | undefined;
}

/** One concrete request, as each policy is asked. */
export interface ConcreteQuestion {
  readonly asked: Asked;
  readonly before: Target;
  readonly after: Target;
}

export type Target = {
  readonly parameters: Readonly<Record<string, string>>;
} & ({ readonly route: string | undefined } | { readonly permission: string });

/** The two policies of a comparison. */
export interface PolicyPair {
  readonly before: Policy;
  readonly after: Policy;
}
