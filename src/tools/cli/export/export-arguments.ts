import type { CommonOptions, StageArguments } from "../terminal/common-options.ts";
import type { PolicyOptions } from "../terminal/policy-options.ts";

/** What a policy is exported to. */
export const EXPORT_TARGETS = ["cedar", "openapi"] as const;
export type ExportTarget = (typeof EXPORT_TARGETS)[number];

export interface ExportCedarArguments extends CommonOptions, PolicyOptions {
  readonly output: string;
  readonly namespace: string;
}

export interface ExportOpenApiArguments extends StageArguments, PolicyOptions {
  /** The file of a new document; undefined if `into` is given. */
  readonly output?: string;
  /** The document that gets the policy. */
  readonly into?: string;
  readonly check?: true;
  readonly service?: true;
  readonly openapi?: "3.0" | "3.1";
  readonly basePath?: string;
  readonly loginUrl?: string;
  readonly scheme?: string;
}

export interface ExportArguments extends ExportOpenApiArguments {
  readonly namespace: string;
}
