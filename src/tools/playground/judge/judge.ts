import type { PolicyFile } from "../../../policy/compile.ts";
import { PolicyError } from "../../../policy/finding.ts";
import { loadPolicy } from "../../../policy/load.ts";
import type { Policy } from "../../../policy/policy.ts";
import type { FindingJson } from "../../console/contract.ts";
import { lint } from "../../lint/lint.ts";
import { findingsJson } from "../../policy-view/policy-findings.ts";
import { isRows } from "../state/state.ts";

/** How files are judged. */
export interface JudgeOptions {
  readonly model: PolicyFile;
  /** As `2026-05-26`. */
  readonly today: string;
  /** The claims of personas, which count as those that policy tests name. */
  readonly claims: ReadonlySet<string>;
  /** Leaves out what is probably meant, which takes most of the time. */
  readonly quick: boolean;
}

/** The findings of `claimgate check` on the files alone: every rule that needs no `serverless.yml`. */
export function findingsOf(
  files: readonly PolicyFile[],
  { model, today, claims, quick }: JudgeOptions,
): readonly FindingJson[] {
  const rows = files.filter(isRows);
  const groupsFile = files.find((file) => !isRows(file));
  const beside = { service: undefined, groupsFile, switchedOff: new Map<string, string>() };
  const { findings } = lint(
    { model, rows },
    { ...beside, today, testedClaims: () => claims, withoutSuggestions: quick },
  );
  return findingsJson(findings, files);
}

/** The policy of the files; undefined if it does not load, and the findings say why. */
export function policyOf(files: readonly PolicyFile[], model: PolicyFile): Policy | undefined {
  try {
    return loadPolicy({ model, rows: files.filter(isRows) });
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}
