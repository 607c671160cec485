export interface InitJson {
  readonly outcome: "planned" | "changed" | "unchanged"; // planned: a dry run; unchanged: it was done before
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
  readonly findings: readonly string[]; // of the linter, compared with serverless.yml; empty for a dry run
  readonly next: readonly string[];
  readonly diff: string; // unified
}
