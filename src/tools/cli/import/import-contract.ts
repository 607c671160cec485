export interface ImportJson {
  readonly outcome: "planned" | "written" | "refused"; // planned: a dry run; refused: nothing was written
  readonly files: readonly string[];
  readonly rows: number; // of the old policy
  readonly routes: readonly string[];
  readonly permissions: readonly string[]; // of resources that are not paths; no route opens them yet
  readonly memberships: readonly { readonly user: string; readonly group: string }[]; // users to put into groups
  readonly unreached: readonly ImportedRow[]; // with --service: rows that no request of the API meets; left out
  readonly refused: readonly ImportedRow[];
  readonly mayWiden: boolean; // whether the rest may allow more than the old policy: one of the refused rows may deny
  readonly next: readonly string[];
}

interface ImportedRow {
  readonly file: string;
  readonly line: number; // from 1
  readonly column: number; // from 1
  readonly message: string;
  readonly fix: string;
}
