import type { CommonOptions } from "../terminal/common-options.ts";
import type { PolicyOptions } from "../terminal/policy-options.ts";

/** What a policy is exported to. */
export const EXPORT_TARGETS = ["cedar"] as const;
export type ExportTarget = (typeof EXPORT_TARGETS)[number];

export interface ExportArguments extends CommonOptions, PolicyOptions {
  readonly output: string;
  /** Of `cedar`. */
  readonly namespace: string;
}
