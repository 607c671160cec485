import type { CommonOptions } from "../terminal/common-options.ts";
import type { PolicyOptions } from "../terminal/policy-options.ts";

/** Of `claimgate replay`. */
export interface ReplayArguments extends CommonOptions, PolicyOptions {
  readonly since?: string;
  readonly until?: string;
  readonly failOn: "any" | "widening";
  readonly ignoreUndecided?: true;
  readonly shadow?: true;
}
