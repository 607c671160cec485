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
