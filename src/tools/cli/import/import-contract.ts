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

export interface ImportOpenApiJson {
  readonly outcome: "planned" | "written" | "refused"; // planned: a dry run; refused: nothing was written
  readonly files: readonly string[];
  readonly operations: number; // of the document
  readonly routes: readonly string[];
  readonly permissions: readonly string[]; // that the document names; it does not say who holds them
  readonly unreached: readonly ImportedRow[]; // with --service: operations that the API has no route for; left out
  readonly undescribed: readonly string[]; // with --service: routes that the document does not have; denied
  readonly refused: readonly ImportedRow[];
  readonly mayWiden: boolean; // whether requests of a refused operation may be decided by the row of another
  readonly next: readonly string[];
}

interface ImportedRow {
  readonly file: string;
  readonly line: number; // from 1
  readonly column: number; // from 1
  readonly message: string;
  readonly fix: string;
}
