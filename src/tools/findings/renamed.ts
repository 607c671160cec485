import { nearest } from "../../policy/suggestion.ts";

/**
 * Ids of earlier versions -> what the same danger is called now. docs/adr/0042-one-kind-of-finding.md has the table.
 */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ["authorizer-cache", "cache-reuses-answers"],
  ["open-route", "route-without-authorizer"],
  ["pool-limits", "quota-exceeded"],
  ["template-limits", "quota-exceeded"],
]);

/** What to say of an id that no finding has. */
export function unknownId(
  id: string,
  known: Iterable<string>,
): { readonly message: string; readonly fix: string } {
  const now = RENAMED.get(id);
  if (now !== undefined) return { message: `\`${id}\` is called \`${now}\` now`, fix: `write \`${now}\`` };
  const meant = nearest(id, known);
  const fix = meant === undefined ? "the rules are listed in docs/rules/" : `did you mean \`${meant}\`?`;
  return { message: `unknown rule \`${id}\``, fix };
}
