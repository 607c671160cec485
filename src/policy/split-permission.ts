import type { Field } from "./csv.ts";
import { isPermission } from "./permission.ts";
import { METHODS } from "./route.ts";
import type { Effect } from "./row.ts";
import { isSubject } from "./subject.ts";
import { subjectNameProblem } from "./subject-name.ts";
import { nearest } from "./suggestion.ts";

const EFFECTS: readonly Effect[] = ["allow", "deny"];

/** Words that clearly mean an effect without being a misspelling of it. */
const EFFECT_WORDS: ReadonlyMap<string, Effect> = new Map([
  ["allowed", "allow"],
  ["allows", "allow"],
  ["denied", "deny"],
  ["denies", "deny"],
]);

/** The effect that the string clearly misspells; undefined for `delete`, `download` and the like. */
export function likelyEffect(text: string): Effect | undefined {
  const word = text.toLowerCase();
  const exact = EFFECTS.find((effect) => effect === word);
  if (exact !== undefined) return exact;
  const meant = nearest(word, EFFECTS);
  return EFFECT_WORDS.get(word) ?? EFFECTS.find((effect) => effect === meant);
}

/** A permission split over two columns, as in most casbin models. */
export interface SplitPermission {
  readonly resource: Field;
  readonly action: Field;
  /** The last field of it: the effect, or the action if there is no effect. */
  readonly last: Field;
  /** Undefined if the action is an HTTP method, since its permission cannot be guessed. */
  readonly permission: string | undefined;
  /** `allow` if it is left out, as in casbin. */
  readonly effect: Effect;
}

/** Reads the columns of a `p` row as `subject, resource, action[, effect]`; undefined for any other row. */
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
