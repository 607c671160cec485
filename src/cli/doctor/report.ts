import type { Check, CheckStatus } from "../../analysis/deployed/check.ts";

/** What `doctor` prints with `--format json`; docs/cli.md describes it. */
export interface DoctorReport {
  /** Null where serverless.yml could not be resolved. */
  readonly stage: string | null;
  readonly region: string | null;
  readonly stack: string | null;
  /** Null where none is known. */
  readonly userPoolId: string | null;
  /** Why the deployed stack was not looked at; null where it was. */
  readonly notCompared: string | null;
  readonly summary: Readonly<Record<CheckStatus, number>> & {
    /** How many of the skipped checks were skipped because AWS did not let us read. */
    readonly unread: number;
  };
  readonly checks: readonly Check[];
}

export function summarize(checks: readonly Check[]): DoctorReport["summary"] {
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length;
  return {
    ok: count("ok"),
    warn: count("warn"),
    fail: count("fail"),
    skipped: count("skipped"),
    unread: checks.filter(({ unread }) => unread === true).length,
  };
}
