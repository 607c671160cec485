/** The exit statuses of commands. docs/cli.md has the table. */
export const EXIT = {
  /** Done, and the answer is yes. */
  ok: 0,
  /** It could not run: wrong usage, a missing file, no credentials. */
  couldNotRun: 1,
  /** It ran, and the answer is no: a comparison failed, a change was refused. */
  no: 2,
  /** The policy is not valid. */
  policyInvalid: 3,
  /** A test of the policy failed. */
  testsFailed: 4,
  /** The tests of the policy cover too few rows. */
  coverageTooLow: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
