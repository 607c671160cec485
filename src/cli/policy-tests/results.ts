import type { Coverage } from "../../analysis/policy-tests/coverage.ts";
import type { Counterexample } from "../../analysis/policy-tests/prove-invariant.ts";
import type { TestCase } from "../../analysis/policy-tests/run-suites.ts";
import type { Invariant } from "../../analysis/policy-tests/test-file.ts";

/** An invariant and what breaks it. */
export interface ProvenInvariant {
  readonly invariant: Invariant;
  readonly counterexample: Counterexample | undefined;
}

/** Everything that a run came to. */
export interface TestResults {
  readonly files: readonly {
    readonly file: string;
    readonly cases: readonly TestCase[];
    readonly invariants: readonly ProvenInvariant[];
  }[];
  readonly coverage: Coverage;
}
