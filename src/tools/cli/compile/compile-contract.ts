export interface CompileJson {
  readonly file: string; // as given
  readonly version: string; // of the policy, 16 hex digits
  readonly written: boolean; // false with --check
  readonly stale: string | null; // why the file differs from the rows; null if it does not
}
