export interface InitJson {
  readonly outcome: "planned" | "changed" | "unchanged" | "half-done"; // planned: a dry run; half-done: byHand is left of a run before
  readonly files: readonly string[]; // new files
  readonly edited: readonly string[];
  readonly byHand: readonly {
    // what to write yourself, since the file is not written in the usual way
    readonly at: string; // serverless.yml, or serverless.yml:12:9
    readonly why: string;
    readonly lines: readonly string[];
  }[];
  readonly guarded: readonly string[]; // routes that the policy decides
  readonly open: readonly string[]; // public
  readonly elsewhere: readonly {
    // left to another authorizer; not in the policy
    readonly route: string;
    readonly authorizer: string;
    readonly why: string;
  }[];
  readonly notes: readonly string[]; // what is not as before, or not known
  readonly clients: readonly string[]; // what clients of the API have to change
  readonly backends: readonly string[]; // file:line that reads claims of the former authorizer
  readonly contextReads: readonly string[]; // file:line that reads what the replaced function added to its context
  readonly findings: readonly {
    // of `claimgate check --service` right after; empty for a dry run
    readonly severity: "error" | "warning" | "info"; // an error stops packaging
    readonly text: string;
  }[];
  readonly next: readonly string[];
  readonly diff: string; // unified
}
