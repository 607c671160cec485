import { appendFileSync, readFileSync } from "node:fs";

// What the pool answered while a test ran. Each suite is a process of its own, so they write to a file.

/** The file; without it, as where a suite runs alone, nothing is kept. */
const VARIABLE = "COGNITO_EVIDENCE";

/** A call of a test. */
export interface Evidence {
  /** Name of the suite, e.g. `amplify`. */
  readonly suite: string;
  readonly test: string;
  /** `SignUp`, or `POST /oauth2/token`. */
  readonly call: string;
  /** Whether it was refused, as a test may want it. */
  readonly refused: boolean;
}

export function keep(evidence: Evidence): void {
  const file = process.env[VARIABLE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(evidence)}\n`);
}

/** Has the suites that start from now on keep their evidence in a file. */
export function collectIn(file: string): void {
  process.env[VARIABLE] = file;
}

export function evidenceIn(file: string): readonly Evidence[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Evidence);
}
