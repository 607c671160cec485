export interface ExportCedarJson {
  readonly outcome: "written" | "refused"; // refused: nothing was written
  readonly directory: string; // as given
  readonly files: readonly string[]; // in the directory
  readonly policyVersion: string; // 16 hex digits
  readonly policies: readonly ExportedPolicyJson[];
  readonly without: readonly ExportedRowJson[]; // rows that have no effect on any request
  readonly refused: readonly ExportedRowJson[];
  readonly otherRows: number; // p2, g3 and g4 rows, which are not about requests
  readonly publicRoutes: readonly string[]; // not to be asked about
  readonly overQuota: readonly string[]; // default quotas of Verified Permissions that the export exceeds
}

interface ExportedPolicyJson {
  readonly id: string; // its annotation `@id`
  readonly file: string; // in the directory
  readonly effect: "permit" | "forbid";
  readonly rows: readonly ExportedRowJson[]; // the `p` row, and the `p3` row of the app
}

interface ExportedRowJson {
  readonly file: string;
  readonly line: number; // from 1
  readonly row: string;
  readonly reason: string | null; // why it is left out or refused
}
