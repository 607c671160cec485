import type { LineFinding } from "../findings/finding.ts";
import { parseTestFile } from "../policy-tests/test-file.ts";
import type { Project } from "./project.ts";

/** The id of what `claimgate test` refuses a file for. */
export const POLICY_TEST = "policy-test";

/** A larger policy is loaded for its lenses only, when nothing is typed. */
const MOST_ROWS = 20_000;

/**
 * The mistakes in test files, which `claimgate test` names instead of running them, a file at each step. None while the
 * policy does not load: names are compared with it.
 */
export function* testFindings(project: Project): Generator<undefined, readonly LineFinding[]> {
  const files = project.filesOf("test");
  if (files.length === 0 || project.rows.length > MOST_ROWS) return [];
  const { policy } = project;
  if (policy === undefined) return [];
  const findings: LineFinding[] = [];
  for (const { name, text } of files) {
    yield undefined;
    for (const finding of parseTestFile(policy, name, text).findings) {
      findings.push({ ...finding, severity: "error" });
    }
  }
  return findings;
}
