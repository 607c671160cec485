import type { AccessJson } from "../ask/ask-contract.ts";

export interface MatrixJson {
  readonly policyVersion: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly access: readonly AccessJson[] }[]; // one per column
}

export interface ReportJson {
  readonly file: string;
  readonly bytes: number;
  readonly routes: number;
  readonly holders: number;
  readonly findings: number;
  readonly coverage: number | null; // percent of the rows; null if the policy has no tests
}
