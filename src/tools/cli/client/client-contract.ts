export interface ClientJson {
  readonly file: string; // as given
  readonly written: boolean; // false with --check
  readonly stale: string | null; // why the file differs from the policy; null if it does not
}
