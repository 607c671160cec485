export interface SuspensionJson {
  readonly command: "suspend" | "unsuspend";
  readonly stage: string | null; // null for the local stack
  readonly userPoolId: string;
  readonly userName: string;
  readonly sub: string | null; // null for a deleted user
  readonly outcome: "planned" | "suspended" | "unsuspended" | "incomplete";
  readonly steps: readonly {
    readonly step: string;
    readonly outcome: "planned" | "done" | "skipped" | "failed" | "not tried";
    readonly detail: string; // what was done, or why not
  }[];
  readonly notes: readonly string[];
}
