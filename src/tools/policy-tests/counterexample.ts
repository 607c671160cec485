import type { Subject } from "../../policy/subject.ts";
import { type Access, describeAccess } from "../access/access.ts";

/** A token that breaks an invariant, with as few subjects as possible; no subjects for a caller without a token. */
export interface Counterexample {
  readonly subjects: readonly Subject[];
  readonly target: string;
  readonly access: Access;
}

/** `group:support may: allowed` */
export function describeCounterexample({ subjects, target, access }: Counterexample): string {
  const who = subjects.length === 0 ? "a caller without a token" : `a token with ${subjects.join(" and ")}`;
  return `${who} reaches ${target}: ${describeAccess(access)}`;
}
