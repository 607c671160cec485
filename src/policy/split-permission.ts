import type { Field } from "./csv.ts";
import { isPermission } from "./permission.ts";
import { METHODS } from "./route.ts";
import type { Effect } from "./row.ts";
import { isSubject } from "./subject.ts";
import { subjectNameProblem } from "./subject-name.ts";
import { nearest } from "./suggestion.ts";

export const EFFECTS: readonly Effect[] = ["allow", "deny"];

/** Words that are no misspelling of an effect, and can mean nothing else. */
const EFFECT_WORDS: ReadonlyMap<string, Effect> = new Map([
  ["allowed", "allow"],
  ["allows", "allow"],
  ["denied", "deny"],
  ["denies", "deny"],
]);

/** The effect of which the text is clearly a misspelling; undefined for `delete`, `download` and the like. */
export function likelyEffect(text: string): Effect | undefined {
  const word = text.toLowerCase();
  const meant = nearest(word, EFFECTS);
  return EFFECT_WORDS.get(word) ?? EFFECTS.find((effect) => effect === meant);
}

/** A permission whose two halves are in columns of their own, as most casbin models have it. */
export interface SplitPermission {
  readonly resource: Field;
  readonly action: Field;
  /** The last of the fields that belong to it: the effect, or the action where the effect is left out. */
  readonly last: Field;
  /** Undefined where the action is an HTTP method: what its permission is called here, nobody can tell. */
  readonly permission: string | undefined;
  /** `allow` where it is left out, as it is to casbin. */
  readonly effect: Effect;
}

/** Reads the columns of a `p` row as `subject, resource, action[, effect]`; undefined for what is not such a row. */
export function splitPermission(values: readonly Field[]): SplitPermission | undefined {
  const [subject, resource, action, written, ...more] = values;
  if (subject === undefined || resource === undefined || action === undefined || more.length > 0)
    return undefined;
  if (!isSubject(subject.text) || subjectNameProblem(subject.text) !== undefined) return undefined;
  const effect = written === undefined ? "allow" : likelyEffect(written.text);
  if (effect === undefined || likelyEffect(action.text) !== undefined) return undefined;
  const permission = `${resource.text}:${action.text.toLowerCase()}`;
  if (!isPermission(permission)) return undefined;
  const isMethod = METHODS.some((method) => method !== "DELETE" && method === action.text.toUpperCase());
  return { resource, action, last: written ?? action, permission: isMethod ? undefined : permission, effect };
}
