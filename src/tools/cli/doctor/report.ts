import type { Check, CheckStatus } from "../../deployment/check.ts";
import type { DoctorJson } from "../terminal/json-contract.ts";

/** What `doctor` prints with `--format json`, as it is known here. */
export interface DoctorReport extends DoctorJson {
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
