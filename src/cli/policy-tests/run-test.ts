import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type Coverage, coverageOf, lcovOf } from "../../analysis/policy-tests/coverage.ts";
import { describeCounterexample, proveInvariant } from "../../analysis/policy-tests/prove-invariant.ts";
import { runSuite } from "../../analysis/policy-tests/run-suites.ts";
import { parseTestFile, type TestFile } from "../../analysis/policy-tests/test-file.ts";
import { printFinding } from "../../policy/finding.ts";
import { loadPolicy } from "../../policy/load.ts";
import { parsePolicy } from "../../policy/parse.ts";
import type { Policy } from "../../policy/policy.ts";
import { CommandError } from "../../runtime/command-error.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { type PolicyOptions, policiesOf, readPolicies } from "../policy-options.ts";
import { matchingFiles } from "./matching-files.ts";
import { junitOf, printResults } from "./print-results.ts";
import type { TestResults } from "./results.ts";

export interface TestArguments extends CommonOptions, PolicyOptions {
  readonly coverage?: true;
  readonly threshold?: number;
  readonly lcov?: string;
}

/** `claimgate test [globs]`. @throws CommandError, PolicyError */
export function runTest(
  context: Context,
  globs: readonly string[],
  options: TestArguments,
): Promise<ExitCode> {
  const directory = policiesOf(context, options);
  const sources = readPolicies(context, options);
  const policy = loadPolicy(sources);
  const tests = readTests(policy, filesOf(context, directory, globs), context.directory);
  const files = tests.map(({ file, suites, invariants }) => ({
    file,
    cases: suites.flatMap((suite) => runSuite(policy, suite)),
    invariants: invariants.map((invariant) => ({
      invariant,
      counterexample: proveInvariant(policy, invariant),
    })),
  }));
  const cases = files.flatMap((one) => one.cases);
  const results: TestResults = { files, coverage: coverageOf(policy, parsePolicy(sources.rows).rows, cases) };
  if (options.lcov !== undefined) writeLcov(resolve(context.directory, options.lcov), results.coverage);
  const { output } = context;
  const wanted = options.coverage === true || options.threshold !== undefined;
  if (output.format === "json") output.json(jsonOf(results));
  else if (output.format === "junit") output.screen.text(junitOf(results));
  else printResults(output.screen, results, { coverage: wanted, threshold: options.threshold });
  return Promise.resolve(exitCodeOf(results, options));
}

function filesOf({ directory }: Context, policies: string, globs: readonly string[]): readonly string[] {
  const patterns =
    globs.length > 0 ? globs : [join(relative(directory, policies) || ".", "tests", "*.test.yaml")];
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
function readTests(policy: Policy, files: readonly string[], directory: string): readonly TestFile[] {
  const tests = files.map((file) => {
    try {
      return parseTestFile(
        policy,
        file.replaceAll("\\", "/"),
        readFileSync(resolve(directory, file), "utf8"),
      );
    } catch (cause) {
      if (!(cause instanceof Error) || !("code" in cause)) throw cause;
      throw new CommandError("command_usage", `${file} cannot be read: ${cause.message}`, { cause });
    }
  });
  const findings = tests.flatMap((test) => test.findings);
  if (findings.length === 0) return tests;
  throw new CommandError(
    "command_usage",
    `the policy tests are not valid\n${findings.map(printFinding).join("\n")}`,
  );
}

function writeLcov(file: string, coverage: Coverage): void {
  try {
    writeFileSync(file, lcovOf(coverage));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError("file_not_written", `the coverage could not be written: ${why}`, { cause });
  }
}

function exitCodeOf({ files, coverage }: TestResults, { threshold = 0 }: TestArguments): ExitCode {
  const failed = files.some(
    ({ cases, invariants }) =>
      cases.some(({ failure }) => failure !== undefined) ||
      invariants.some(({ counterexample }) => counterexample !== undefined),
  );
  if (failed) return EXIT.testsFailed;
  return coverage.percent < threshold ? EXIT.coverageTooLow : EXIT.ok;
}

/** The shape of `--format json`: docs/cli.md. */
function jsonOf({ files, coverage }: TestResults): unknown {
  return {
    files: files.map(({ file, cases, invariants }) => ({
      file,
      cases: cases.map(({ suite, principal, target, line, expected, explanation, failure }) => ({
        suite,
        principal,
        target,
        line,
        expected,
        effect: explanation.decision.effect,
        failure: failure ?? null,
      })),
      invariants: invariants.map(({ invariant: { name, line }, counterexample }) => ({
        name,
        line,
        holds: counterexample === undefined,
        failure: counterexample === undefined ? null : describeCounterexample(counterexample),
        subjects: counterexample?.subjects ?? [],
      })),
    })),
    coverage,
  };
}
