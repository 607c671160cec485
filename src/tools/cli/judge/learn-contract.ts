export interface LearnJson {
  readonly file: string; // as given
  readonly policyVersion: string;
  readonly decisions: number; // in the log and the period
  readonly learned: number; // of them in the test
  readonly callers: number;
  readonly expectations: number; // decisions that the test makes
  readonly failed: number; // of them on the policy; if not 0, nothing was written
  readonly leftOut: readonly {
    readonly why:
      | "other-version" // another policy version decided it; --other-versions
      | "decided-otherwise" // the policy decides it otherwise now
      | "seen-rarely" // --min
      | "input-not-logged" // the log lacks a value that a condition compares
      | "app-not-logged" // from before the log had the app, in a policy with p3 rows
      | "path-not-logged" // the log lacks the path, and with it the route
      | "names-a-person" // a row names the user, or a group that looks like an address
      | "route-undeclared" // the policy does not declare the route
      | "app-unnamed" // no p3 row names the app
      | "inexpressible"; // a policy test cannot say it, such as a public route behind an authorizer
    readonly missing: readonly string[]; // the values that the log lacks
    readonly count: number;
  }[];
  readonly outsidePeriod: number;
  readonly lines: LineCountsJson;
}

/** As in ReplayJson. */
interface LineCountsJson {
  readonly lines: number;
  readonly other: Readonly<Record<string, number>>; // lines of another kind
  readonly refused: Readonly<Record<string, number>>; // refused before a decision
  readonly damaged: Readonly<Record<string, number>>;
}
