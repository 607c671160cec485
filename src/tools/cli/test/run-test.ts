import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadPolicy } from "../../../policy/load.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";
import { repositoryPaths } from "../../machine/repository-paths.ts";
import { describeCounterexample } from "../../policy-tests/counterexample.ts";
import { type Coverage, lcovOf } from "../../policy-tests/coverage.ts";
import { runTestFiles, type TestResults } from "../../policy-tests/results.ts";
import { testSchema } from "../../policy-tests/test-schema.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, policiesOf, readPolicies } from "../terminal/policy-options.ts";
import { junitOf, printResults } from "./print-results.ts";
import { onlyNamed, readTests, testFiles, testsOf } from "./read-tests.ts";
import type { TestJson } from "./test-contract.ts";
import { watchTests } from "./watch-tests.ts";

export interface TestArguments extends CommonOptions, PolicyOptions {
  readonly format: "pretty" | "json" | "junit";
  readonly coverage?: true;
  readonly threshold?: number;
  readonly lcov?: string;
  readonly watch?: true;
  readonly schema?: true;
  readonly suite?: readonly string[];
}

/** `claimgate test [globs]`. @throws CommandError, PolicyError */
export function runTest(
  context: Context,
  globs: readonly string[],
  options: TestArguments,
): Promise<ExitCode> {
  if (options.schema === true) {
    context.output.json(testSchema(loadPolicy(readPolicies(context, options))));
    return Promise.resolve(EXIT.ok);
  }
  const policies = policiesOf(context, options);
  const patterns = globs.length > 0 ? globs : [testsOf(context.directory, policies)];
  const once = () => runOnce(context, patterns, options);
  if (options.watch !== true) return Promise.resolve(once());
  if (options.format !== "pretty") {
    throw new CommandError("command_usage", "`--watch` supports only the pretty format", {
      fix: "remove `--format`",
    });
  }
  return watchTests(context, { policies, patterns, verbose: options.verbose === true }, once);
}

function runOnce(context: Context, patterns: readonly string[], options: TestArguments): ExitCode {
  const sources = readPolicies(context, options);
  const policy = loadPolicy(sources);
  const { directory } = context;
  const home = testsOf(directory, policiesOf(context, options));
  const all = readTests(policy, testFiles(directory, patterns, home), directory);
  const tests = options.suite === undefined ? all : onlyNamed(all, options.suite);
  const results = runTestFiles(policy, parsePolicy(sources.rows).rows, tests);
  const inRepository = repositoryPaths(context.directory);
  if (options.lcov !== undefined)
    writeLcov(resolve(context.directory, options.lcov), results.coverage, inRepository);
  const { output } = context;
  switch (options.format) {
    case "json":
      output.json(jsonOf(results));
      break;
    case "junit":
      output.screen.document(junitOf(results, inRepository));
      break;
    case "pretty": {
      const coverage = options.coverage === true || options.threshold !== undefined;
      printResults(output.screen, results, { coverage, threshold: options.threshold });
    }
  }
  return exitCodeOf(results, options);
}

/** @throws CommandError `file_not_written` */
function writeLcov(file: string, coverage: Coverage, inRepository: (file: string) => string): void {
  try {
    writeFileSync(file, lcovOf(coverage, inRepository));
  } catch (cause) {
    const why = whyNotWritten(cause);
    throw new CommandError("file_not_written", `the coverage could not be written: ${why}`, {
      cause,
      fix: "give another file with `--lcov`",
    });
  }
}

function exitCodeOf({ failed, coverage }: TestResults, { threshold = 0 }: TestArguments): ExitCode {
  if (failed > 0) return EXIT.testsFailed;
  return coverage.percent < threshold ? EXIT.coverageTooLow : EXIT.ok;
}

function jsonOf({ passed, failed, files, coverage }: TestResults): TestJson {
  return {
    passed,
    failed,
    files: files.map(({ file, empty, cases, invariants }) => ({
      file,
      empty,
      cases: cases.map(({ suite, principal, target, line, expected, explanation, failure }) => ({
        suite,
        principal,
        target,
        line,
        expected,
        effect: explanation.effect,
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
