import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseTestFile, type TestFile } from "../../analysis/policy-tests/test-file.ts";
import { printFinding } from "../../policy/finding.ts";
import type { Policy } from "../../policy/policy.ts";
import { CommandError } from "../../runtime/command-error.ts";
import { matchingFiles } from "./matching-files.ts";

/** Where the tests of a policy are, from the directory of the service. */
export function testsOf(directory: string, policies: string): string {
  return join(relative(directory, policies) || ".", "tests", "*.test.yaml");
}

/** The test files that patterns mean, sorted. @throws CommandError `command_usage` for a pattern that means none */
export function testFiles(directory: string, patterns: readonly string[]): readonly string[] {
  const found = patterns.flatMap((pattern) => {
    const files = matchingFiles(directory, pattern);
    if (files.length > 0) return files;
    throw new CommandError("command_usage", `no policy test matches \`${pattern}\``, {
      fix: "tests are in tests/ of the policy and end in .test.yaml; docs/policy-tests.md",
    });
  });
  return [...new Set(found)].sort();
}

/** @throws CommandError `command_usage` with every finding: a test that is wrong tests nothing */
export function readTests(policy: Policy, files: readonly string[], directory: string): readonly TestFile[] {
  const tests = files.map((file) => readTest(policy, file, directory));
  const findings = tests.flatMap((test) => test.findings);
  if (findings.length === 0) return tests;
  throw new CommandError(
    "command_usage",
    `the policy tests are not valid\n${findings.map(printFinding).join("\n")}`,
  );
}

function readTest(policy: Policy, file: string, directory: string): TestFile {
  try {
    return parseTestFile(policy, file.replaceAll("\\", "/"), readFileSync(resolve(directory, file), "utf8"));
  } catch (cause) {
    if (!(cause instanceof Error) || !("code" in cause)) throw cause;
    throw new CommandError("command_usage", `${file} cannot be read: ${cause.message}`, { cause });
  }
}
