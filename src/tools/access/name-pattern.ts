import { nearest } from "../../policy/suggestion.ts";

/** The rows and columns of a matrix to show; all if there is no pattern. */
export interface MatrixLimits {
  readonly rows?: string | undefined;
  readonly columns?: string | undefined;
}

/** Whether a name matches the pattern, in which `*` matches anything. */
export function namePattern(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp(`^${parts.join(".*")}$`, "s");
  return (name) => whole.test(name);
}

/** The same for a subject, whose prefix is optional: `team-*` is `role:team-1` and `group:team-1`. */
export function subjectPattern(pattern: string | undefined): (subject: string) => boolean {
  const isNamed = namePattern(pattern);
  return (subject) => isNamed(subject) || isNamed(subject.slice(subject.indexOf(":") + 1));
}

/**
 * A sentence for a pattern that matches none of the shown names, which would leave an empty table without a reason.
 *
 * @param option the option that has the pattern, for the message
 * @param shown the names that it selects from
 * @param hidden further names that it would match, and the option that shows them
 */
export function emptyPattern(
  option: string,
  pattern: string | undefined,
  shown: readonly string[],
  hidden: { readonly names: readonly string[]; readonly option: string } = { names: [], option: "" },
): string | undefined {
  if (pattern === undefined) return undefined;
  const matches = subjectPattern(pattern);
  if (shown.some(matches)) return undefined;
  if (hidden.names.some(matches)) return `\`${option}\` matches nothing here; add \`${hidden.option}\``;
  const meant = nearest(pattern, [...shown, ...hidden.names]);
  const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
  return `\`${option} ${pattern}\` matches nothing${hint}`;
}
