/** A determining row: its place then, and the digest of its spelling. */
export interface LoggedRow {
  readonly at: string;
  readonly digest: string;
}
