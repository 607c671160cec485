import type { Policy } from "../../policy/policy.ts";
import type { Row } from "../../policy/row.ts";
import type { Counterexample } from "./counterexample.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import type { Invariant, TestFile } from "./policy-test.ts";
import { proveInvariant } from "./prove-invariant.ts";
import { runSuite, type TestCase } from "./run-suites.ts";

/** An invariant and its counterexample. */
interface ProvenInvariant {
  readonly invariant: Invariant;
  readonly counterexample: Counterexample | undefined;
}

/** The results of a run. */
export interface TestResults {
  /** Decisions and invariants that passed and that failed; a file that tests nothing fails. */
  readonly passed: number;
  readonly failed: number;
  readonly files: readonly {
    readonly file: string;
    /** It has no suite and no invariant. */
    readonly empty: boolean;
    readonly cases: readonly TestCase[];
    readonly invariants: readonly ProvenInvariant[];
  }[];
  readonly coverage: Coverage;
}

/** Runs the suites and proves the invariants of test files without findings. */
export function runTestFiles(
  policy: Policy,
  rows: readonly Row[],
  tests: readonly Pick<TestFile, "file" | "suites" | "invariants">[],
): TestResults {
  const files = tests.map(({ file, suites, invariants }) => ({
    file,
    empty: suites.length + invariants.length === 0,
    cases: suites.flatMap((suite) => runSuite(policy, suite)),
    invariants: invariants.map((invariant) => ({
      invariant,
      counterexample: proveInvariant(policy, invariant),
    })),
  }));
  const cases = files.flatMap((one) => one.cases);
  const proven = files.flatMap(({ invariants }) => invariants);
  const failed =
    files.filter(({ empty }) => empty).length +
    cases.filter(({ failure }) => failure !== undefined).length +
    proven.filter(({ counterexample }) => counterexample !== undefined).length;
  return {
    passed: cases.length + proven.length + files.filter(({ empty }) => empty).length - failed,
    failed,
    files,
    coverage: coverageOf(policy, rows, cases),
  };
}
