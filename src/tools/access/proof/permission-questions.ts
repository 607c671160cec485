import { isPermission } from "../../../policy/permission.ts";
import { entryOn, permissionTermsOfBoth } from "../access-terms.ts";
import { argumentAt } from "../condition-outcomes.ts";
import { comparedPermissions } from "../named-permissions.ts";
import { renamedParameters } from "../renamed-parameters.ts";
import type { RequestClass } from "../request-classes.ts";
import type { PolicyPair, Question } from "./asked-question.ts";
import type { FreshValues } from "./fresh-values.ts";

/**
 * One question for each permission that two policies can tell apart. Parameters that only have another name are the
 * same value.
 *
 * @param isWanted the permissions to ask about; also called with wildcards
 */
export function permissionQuestions(
  pair: PolicyPair,
  classes: readonly RequestClass[],
  fresh: FreshValues,
  isWanted: (permission: string) => boolean = () => true,
): readonly Question[] {
  const renamed = renamedParameters(pair.before, classes);
  const wanted = comparedPermissions(pair.before, pair.after).filter(isWanted);
  return wanted.map((pattern): Question => {
    const permission = permissionLike(pattern, fresh(0));
    const [was, is] = permissionTermsOfBoth(pair, pattern, renamed);
    return {
      name: permission,
      isPublic: { before: false, after: false },
      entries: [pair.before, pair.after].map((policy) => entryOn(policy, { permission: pattern })),
      terms: (holder, app) => [was(holder.before, app), is(holder.after, app)],
      shapes: (places) => {
        const names = [...places].flatMap((place) => argumentAt(place) ?? []);
        const fill = (values: readonly string[]) => {
          const given = new Map(names.map((name, index) => [name, values[index] ?? ""]));
          for (const [name, value] of given) if (value === "") given.delete(name);
          const old = [...renamed].flatMap(([was, is]): [string, string][] => {
            const value = given.get(is);
            return value === undefined ? [] : [[was, value]];
          });
          const parameters = Object.fromEntries(given);
          return {
            asked: { kind: "permission", permission, parameters },
            before: { permission, parameters: { ...parameters, ...Object.fromEntries(old) } },
            after: { permission, parameters },
          } as const;
        };
        return [{ count: names.length, given: [], isOptional: true, fill }];
      },
    };
  });
}

/** A permission that the pattern covers and that no row names. */
function permissionLike(pattern: string, unnamed: string): string {
  if (isPermission(pattern)) return pattern;
  if (pattern === "*") return `${unnamed}:${unnamed}`;
  return pattern.endsWith(":*") ? `${pattern.slice(0, -2)}:${unnamed}` : `${unnamed}:${pattern.slice(2)}`;
}
