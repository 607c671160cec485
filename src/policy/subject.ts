/** What a row or a token can name as the holder of a permission; the prefix keeps the name spaces apart. */
export const SUBJECT_PREFIXES = ["group", "role", "user", "client", "scope"] as const;

export type SubjectPrefix = (typeof SUBJECT_PREFIXES)[number];

export type Subject = `${SubjectPrefix}:${string}`;

/** Held by every verified user token. */
export const AUTHENTICATED = "role:authenticated" satisfies Subject;

/** Held by every verified machine-to-machine token. */
export const MACHINE = "role:machine" satisfies Subject;

/**
 * The subjects that a verified user token holds before roles are followed: its `sub`, its groups and
 * `role:authenticated`. Client and scopes are left out on purpose: they say nothing about the user.
 */
export function userSubjects(user: { readonly sub: string; readonly groups: readonly string[] }): Subject[] {
  return [AUTHENTICATED, `user:${user.sub}`, ...user.groups.map((group): Subject => `group:${group}`)];
}

/**
 * The subjects that a verified machine-to-machine token holds before roles are followed. `client` is the
 * logical name of the app client, undefined where the deployment does not name it.
 */
export function machineSubjects(machine: {
  readonly client: string | undefined;
  readonly scopes: readonly string[];
}): Subject[] {
  const scopes = machine.scopes.map((scope): Subject => `scope:${scope}`);
  return machine.client === undefined
    ? [MACHINE, ...scopes]
    : [MACHINE, `client:${machine.client}`, ...scopes];
}

/** Whether the text starts with a known prefix and has a name after it. */
export function isSubject(text: string): text is Subject {
  const colon = text.indexOf(":");
  return (
    colon > 0 && colon < text.length - 1 && SUBJECT_PREFIXES.some((prefix) => prefix === text.slice(0, colon))
  );
}
