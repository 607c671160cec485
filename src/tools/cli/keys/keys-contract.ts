/** What `claimgate keys --format json` prints. */
export interface KeysJson {
  /** Each key set that was fetched: its issuer, and the ids of its keys. */
  readonly keySets: readonly { readonly issuer: string; readonly keys: readonly string[] }[];
  /** The file that was written or compared; null where the value went to standard output. */
  readonly file: string | null;
  /** With --check: whether the file has the published keys; else null. */
  readonly current: boolean | null;
  /** The value of CLAIMGATE_KEY_SETS; null with --check. */
  readonly value: string | null;
}
