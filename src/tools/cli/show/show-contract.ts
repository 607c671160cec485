import type { AccessJson } from "../ask/ask-contract.ts";

export interface MatrixJson {
  readonly policyVersion: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly access: readonly AccessJson[] }[]; // one per column
  // those columns that g4 rows fill, with the groups of directories; left out if there are none
  readonly directoryGroups?: readonly { readonly group: string; readonly sources: readonly string[] }[];
}

export interface ReportJson {
  readonly file: string;
  readonly bytes: number;
  readonly routes: number;
  readonly holders: number;
  readonly findings: number;
  readonly coverage: number | null; // percent of the rows; null if the policy has no tests
}

export interface PlaygroundJson {
  readonly file: string;
  readonly bytes: number;
  readonly files: readonly string[]; // of the policy
}
