import type { App } from "../../policy/app.ts";
import type { Subject } from "../../policy/subject.ts";
import { type Access, describeAccess } from "../access/access.ts";

/** A token that breaks an invariant, with as few subjects as possible; no subjects for a caller without a token. */
export interface Counterexample {
  readonly subjects: readonly Subject[];
  /** The app of a user's token, where it matters. */
  readonly app?: App | undefined;
  readonly target: string;
  readonly access: Access;
}

/** `group:support may: allowed` */
export function describeCounterexample({ subjects, app, target, access }: Counterexample): string {
  const of = app === undefined ? "" : ` of client:${[app.client, ...app.scopes].join(" with ")}`;
  const who =
    subjects.length === 0 ? "a caller without a token" : `a token${of} with ${subjects.join(" and ")}`;
  return `${who} reaches ${target}: ${describeAccess(access)}`;
}
