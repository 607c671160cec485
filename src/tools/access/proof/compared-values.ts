import type { Subject } from "../../../policy/subject.ts";
import type { Terms } from "../condition-outcomes.ts";

/** What the comparisons of some rows read. */
export interface Compared {
  /** Places of values in the path, or names of parameters. */
  readonly places: ReadonlySet<string>;
  readonly claims: readonly string[];
  /** Values that a comparison names, or that the path always has where one reads it. */
  readonly constants: readonly string[];
  /** Ages of a sign-in, in seconds, ascending. */
  readonly ages: readonly number[];
}

const QUOTED = /^'([^']*)'$/;
/** `'acme' at 2`: the tenant of a group, compared with the parameter at that place. No claim's name has a space. */
const TENANT = /^(?:'([^']*)'|[^ ]*) at .+$/;

/**
 * @param subjects of the token: the `sub` of a user is a value that a path can have
 */
export function comparedBy(all: readonly Terms[], subjects: readonly Subject[]): Compared {
  const places = new Set<string>();
  const claims = new Set<string>();
  const constants = new Set<string>();
  const ages = new Set<number>();
  for (const one of all.flatMap(({ allow, deny }) => [...allow, ...deny]).flat()) {
    if (one.maxAge !== undefined) {
      ages.add(one.maxAge);
      continue;
    }
    // Another part of the path may have the value that the path always has at this place.
    const [, known] = QUOTED.exec(one.place) ?? [];
    if (known === undefined) places.add(one.place);
    else constants.add(known);
    const [, literal] = QUOTED.exec(one.operand) ?? [];
    const tenant = literal === undefined ? TENANT.exec(one.operand) : null;
    if (literal !== undefined) constants.add(literal);
    else if (tenant === null) claims.add(one.operand);
    else if (tenant[1] !== undefined) constants.add(tenant[1]);
  }
  const sub = subOf(subjects);
  // The only value that the claim has, so a path can have it too.
  if (claims.has("token_use")) constants.add("access");
  if (claims.has("sub") && sub !== undefined) constants.add(sub);
  return {
    places,
    claims: [...claims].sort(),
    constants: [...constants].sort(),
    ages: [...ages].sort((a, b) => a - b),
  };
}

/** The `sub` claim that a `user:` subject stands for, below its pool alias; undefined without such a subject. */
export function subOf(subjects: readonly Subject[]): string | undefined {
  const user = subjects.find((one) => one.startsWith("user:"));
  return user?.slice(Math.max(user.indexOf(":"), user.lastIndexOf("/")) + 1);
}
