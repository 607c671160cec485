import { type Finding, PolicyError } from "../../../policy/finding.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import { parseGroupsFile } from "../../lint/groups-file.ts";
import { readGroupsFile, readPolicyDirectory } from "../../machine/policy-files.ts";
import type { StackPolicy } from "./generate.ts";

/** The input of the generated parts, and the parts of the files that could not be read. */
export interface StackPolicyReading extends Pick<StackPolicy, "rows" | "groups"> {
  /** What is missing, and why; on packaging the linter reports it. */
  readonly unread: readonly Finding[];
}

/**
 * Reads the input of the generated parts. What does not parse is left out: a command that only reads the stack must
 * still work, and the commands that deploy it lint the policy first.
 *
 * @throws Error of the file system if there is no policy
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
