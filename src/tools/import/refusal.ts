/** What is not converted: where, why, and what to write by hand. */
export interface Refusal {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  /** What it means in casbin, or why claimgate has nothing equal. */
  readonly message: string;
  /** What to write instead, or to decide first. */
  readonly fix: string;
}

/** Why a value is not converted, without its place. */
export type Problem = Pick<Refusal, "message" | "fix">;

/** `policy.csv:12:30: message; fix` */
export function printRefusal({ file, line, column, message, fix }: Refusal): string {
  return `${file}:${line}:${column}: ${message}; ${fix}`;
}
