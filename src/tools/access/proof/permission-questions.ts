import { isPermission } from "../../../policy/permission.ts";
import { permissionTerms } from "../access-terms.ts";
import { comparedPermissions } from "../named-permissions.ts";
import { renamedParameters } from "../renamed-parameters.ts";
import type { RequestClass } from "../request-classes.ts";
import type { PolicyPair, Question } from "./asked-question.ts";
import type { FreshValues } from "./fresh-values.ts";

/**
 * One question for each permission that two policies can tell apart. Parameters that only have another name are the
 * same value.
 */
export function permissionQuestions(
  { before, after }: PolicyPair,
  classes: readonly RequestClass[],
  fresh: FreshValues,
): readonly Question[] {
  const renamed = renamedParameters(classes);
  const nameAfter = (parameter: string) => renamed.get(parameter) ?? parameter;
  return comparedPermissions(before, after).map((pattern): Question => {
    const permission = permissionLike(pattern, fresh(0));
    const [was, is] = [permissionTerms(before, pattern, nameAfter), permissionTerms(after, pattern)];
    return {
      name: permission,
      isPublic: { before: false, after: false },
      terms: (holder, app) => [was(holder.before, app), is(holder.after, app)],
      shapes: (places) => {
        const names = [...places];
        const fill = (values: readonly string[]) => {
          const own = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
          const old = [...renamed].flatMap(([was, is]) => (is in own ? [[was, own[is] ?? ""]] : []));
          const parameters = own;
          return {
            asked: { kind: "permission", permission, parameters },
            before: { permission, parameters: { ...own, ...(Object.fromEntries(old) as typeof own) } },
            after: { permission, parameters },
          } as const;
        };
        return [{ count: names.length, isOptional: false, fill }];
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
