/**
 * The output of each command with `--format json`: one document on standard output. Stable: fields may be added, but
 * none is renamed or removed without a new major version. Each family of commands has its types in a file
 * `*-contract.ts`; docs/cli.md shows them, and test/integration/json-contract.test.ts checks the output against them.
 */

/** Instead of all others, if the command could not run (exit status 1 and 3). */
export interface FailureJson {
  readonly error: {
    readonly code: string; // docs/errors.md has a section for each
    readonly message: string;
    readonly fix?: string;
    readonly findings?: readonly {
      // if the policy does not load
      readonly rule: string;
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly message: string;
      readonly fix?: string;
    }[];
  };
}
