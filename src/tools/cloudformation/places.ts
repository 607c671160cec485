import { objectOf } from "../../json.ts";
import { intrinsicIn } from "./intrinsics.ts";

/** A value inside a resource or an output, and its place. */
export interface Placed {
  /** Keys and indices joined by dots: `Policies.0.PolicyDocument`. */
  readonly path: string;
  readonly value: unknown;
}

/**
 * The values at a path of keys joined by dots; `*` means every item of a list and every member of an object. Empty if
 * the path leads nowhere, or into a function whose value only AWS knows.
 */
export function valuesAt(root: unknown, path: string): readonly Placed[] {
  let found: readonly Placed[] = [{ path: "", value: root }];
  for (const step of path.split(".")) found = found.flatMap((at) => inner(at, step));
  return found;
}

/** The value at a path without `*`. */
export function valueAt(root: unknown, path: string): unknown {
  return valuesAt(root, path)[0]?.value;
}

function inner({ path, value }: Placed, step: string): readonly Placed[] {
  // The result of a function that only AWS evaluates has no members yet.
  if (step === "*") return intrinsicIn(value) === undefined ? membersOf({ path, value }) : [];
  const members = objectOf(value);
  return Object.hasOwn(members, step) ? [{ path: below(path, step), value: members[step] }] : [];
}

/** The direct members of a list or an object. */
export function membersOf({ path, value }: Placed): readonly Placed[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([key, member]: [string, unknown]) => ({
    path: below(path, key),
    value: member,
  }));
}

/** A value and everything inside it, outermost first. */
export function* everythingIn(place: Placed): Generator<Placed> {
  yield place;
  for (const member of membersOf(place)) yield* everythingIn(member);
}

function below(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
