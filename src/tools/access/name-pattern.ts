/** Which rows and columns of a matrix are shown; all where there is no pattern. */
export interface MatrixLimits {
  readonly rows?: string | undefined;
  readonly columns?: string | undefined;
}

/** Whether a name is the pattern, in which `*` stands for anything. */
export function namePattern(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp(`^${parts.join(".*")}$`, "s");
  return (name) => whole.test(name);
}

/** The same for a subject, whose prefix may be left out: `team-*` is `role:team-1` and `group:team-1`. */
export function subjectPattern(pattern: string | undefined): (subject: string) => boolean {
  const isNamed = namePattern(pattern);
  return (subject) => isNamed(subject) || isNamed(subject.slice(subject.indexOf(":") + 1));
}
