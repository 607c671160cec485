import { type Finding, PolicyError } from "../../../policy/finding.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import { parseGroupsFile } from "../../lint/groups-file.ts";
import { readGroupsFile, readPolicyDirectory } from "../../machine/policy-files.ts";
import type { StackPolicy } from "./generate.ts";

/** What the stack is generated from, and what of the files could not be read for it. */
export interface StackPolicyReading extends Pick<StackPolicy, "rows" | "groups"> {
  /** What is missing from it, and why; whoever packages gets it from the linter. */
  readonly unread: readonly Finding[];
}

/**
 * Reads what the stack is generated from. What does not parse is left out: a command that only looks at the
 * stack must work all the same, and the commands that deploy it lint the policy first.
 *
 * @throws Error of the file system where there is no policy
 */
export function readStackPolicy(directory: string): StackPolicyReading {
  try {
    const { rows, findings } = parsePolicy(readPolicyDirectory(directory).rows);
    const file = readGroupsFile(directory);
    const groups = file === undefined ? undefined : parseGroupsFile(file.path, file.text);
    return { rows, groups: groups?.groups ?? [], unread: [...findings, ...(groups?.findings ?? [])] };
  } catch (error) {
    if (error instanceof PolicyError) return { rows: [], groups: [], unread: error.findings };
    throw error;
  }
}
