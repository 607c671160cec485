import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { printFinding } from "../../../policy/finding.ts";
import type { Policy } from "../../../policy/policy.ts";
import { nearest } from "../../../policy/suggestion.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import type { TestFile } from "../../policy-tests/policy-test.ts";
import { parseTestFile } from "../../policy-tests/test-file.ts";
import { matchingFiles } from "./matching-files.ts";

/** The directory of a policy's tests, relative to the service. */
export function testsOf(directory: string, policies: string): string {
  return join(relative(directory, policies) || ".", "tests");
}

/**
 * The test files that patterns match, sorted, without duplicates.
 *
 * @param home the directory whose tests are listed if a pattern matches none
 * @throws CommandError `command_usage` for a pattern that matches none, and for files that would not be run
 */
export function testFiles(directory: string, patterns: readonly string[], home: string): readonly string[] {
  const found = patterns.map((pattern) => ({ pattern, ...matchingFiles(directory, pattern) }));
  const refused = found.flatMap((one) => one.refused);
  if (refused.length > 0) {
    const lines = refused.map(({ file, why, fix }) => `${file}: ${why}; ${fix}`);
    throw new CommandError(
      "command_usage",
      `not all policy tests would run\n${[...new Set(lines)].join("\n")}`,
    );
  }
  for (const { pattern, files } of found) {
    if (files.length > 0) continue;
    const there = matchingFiles(directory, home).files;
    throw new CommandError("command_usage", `no policy test matches \`${pattern}\``, {
      fix:
        there.length === 0
          ? "put tests in tests/ of the policy, with names that end in .test.yaml; see docs/policy-tests.md"
          : `available: ${listed(there)}`,
    });
  }
  return [...new Set(found.flatMap(({ files }) => files))].sort();
}

function listed(files: readonly string[]): string {
  const more = files.length - 5;
  return [...files].sort().slice(0, 5).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/**
 * Only the suites and invariants with these names.
 * @throws CommandError `command_usage` for an unknown name
 */
export function onlyNamed(tests: readonly TestFile[], names: readonly string[]): readonly TestFile[] {
  const known = new Set(
    tests.flatMap(({ suites, invariants }) => [...suites, ...invariants]).map(({ name }) => name),
  );
  for (const name of names) {
    if (known.has(name)) continue;
    const meant = nearest(name, [...known].sort());
    const fix =
      meant === undefined ? "give `--suite` the exact name in the file" : `did you mean \`${meant}\`?`;
    throw new CommandError("command_usage", `no suite or invariant has the name \`${name}\``, { fix });
  }
  return tests
    .map((test) => ({
      ...test,
      suites: test.suites.filter(({ name }) => names.includes(name)),
      invariants: test.invariants.filter(({ name }) => names.includes(name)),
    }))
    .filter(({ suites, invariants }) => suites.length + invariants.length > 0);
}

/**
 * @throws CommandError `command_usage` with every finding, since an invalid test tests nothing
 */
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
    throw new CommandError(
      "command_usage",
      `the policy test \`${file}\` cannot be read: ${whyNotRead(cause)}`,
      {
        cause,
        fix: "allow reading it, or leave it out",
      },
    );
  }
}
