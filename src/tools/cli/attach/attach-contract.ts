export interface PoolChangeJson {
  readonly command: "attach" | "detach";
  readonly stage: string;
  readonly region: string;
  readonly stack: string;
  readonly userPoolId: string;
  // planned: a dry run; unchanged: nothing to do; refused: nothing was done; differs: done, but not as planned
  readonly outcome: "planned" | "unchanged" | "changed" | "refused" | "differs";
  readonly changes: readonly {
    // missing: not set
    readonly trigger: string;
    readonly before?: string | undefined;
    readonly after?: string | undefined;
  }[];
  readonly addsMarker: boolean; // the attribute custom:claimgate_assigned is missing, and is added
  readonly refusals: readonly {
    // why nothing was done
    readonly reason: string;
    readonly message: string;
    readonly fix: string;
  }[];
  readonly notes: readonly string[]; // for information; they stop nothing
  readonly markerWriters: readonly {
    // app clients whose users may write the marker attribute
    readonly client: string;
    readonly named: boolean;
  }[];
  readonly backup: string | null; // the file with the former settings
  readonly differences: readonly {
    // where the pool differs from the plan
    readonly path: string;
    readonly before?: unknown;
    readonly after?: unknown;
  }[];
}
