import { refuseFormerName } from "../errors.ts";

/** A subject of a row or a token; the prefix keeps the namespaces apart. */
export const SUBJECT_PREFIXES = ["group", "role", "user", "client", "scope"] as const;

export type SubjectPrefix = (typeof SUBJECT_PREFIXES)[number];

/** Who a row is about: `group:staff`, `role:viewer`, `user:SUB`, `client:reporting`, `scope:orders-api/read`. */
export type Subject = `${SubjectPrefix}:${string}`;

/** Subjects, each once: a set, or what answers like one. */
export interface HeldSubjects extends Iterable<Subject> {
  readonly size: number;
  has(subject: Subject): boolean;
}

/** Held by every verified user token. */
export const AUTHENTICATED = "role:authenticated" satisfies Subject;

/** Held by every verified machine-to-machine token. */
export const MACHINE = "role:machine" satisfies Subject;

/**
 * A name of one user pool among several: `legacy/admin`. A pool alias holds no `/`, so the first one ends
 * it and no two pairs of prefix and name come to the same text.
 */
export function issuedName(poolAlias: string | undefined, name: string): string {
  return poolAlias === undefined ? name : `${poolAlias}/${name}`;
}

/**
 * The name in its own pool of what a row calls by an issued name, `admin` of `main/admin`; undefined where it is
 * of another pool. Without an alias every name is the pool's own.
 */
export function ownName(poolAlias: string | undefined, name: string): string | undefined {
  if (poolAlias === undefined) return name;
  return name.startsWith(`${poolAlias}/`) && name.length > poolAlias.length + 1
    ? name.slice(poolAlias.length + 1)
    : undefined;
}

/** What of a verified user token its subjects come from. */
interface UserIdentity {
  readonly sub: string;
  readonly groups: readonly string[];
  readonly poolAlias?: string | undefined;
}

/** What of a verified machine-to-machine token its subjects come from. */
interface MachineIdentity {
  readonly client: string | undefined;
  readonly scopes: readonly string[];
  readonly poolAlias?: string | undefined;
}

/** The subjects that a verified token of either kind holds before roles are followed. */
export function tokenSubjects(
  token: ({ readonly kind: "user" } & UserIdentity) | ({ readonly kind: "machine" } & MachineIdentity),
): Subject[] {
  return token.kind === "user" ? subjectsOfUser(token) : subjectsOfMachine(token);
}

/**
 * The subjects that a verified user token holds before roles are followed: its `sub`, its groups and
 * `role:authenticated`. Client and scopes are left out because they say nothing about the user.
 *
 * `poolAlias` is the alias of the pool that issued the token, where there are several: `group:legacy/admin` is another
 * group than `group:main/admin`.
 *
 * @throws ConfigurationError on `issuer`, the former name of `poolAlias`
 *
 * @example
 * import { decide, userSubjects } from "claimgate/policy";
 *
 * const subjects = userSubjects({ sub: "2c1f", groups: ["staff"] });
 * decide(policy, { subjects, route: "GET /orders", parameters: {}, claims: {} });
 */
export function userSubjects(user: UserIdentity): Subject[] {
  refuseFormerName(user, "issuer", "poolAlias");
  return subjectsOfUser(user);
}

function subjectsOfUser({ sub, groups, poolAlias }: UserIdentity): Subject[] {
  const named = (name: string) => issuedName(poolAlias, name);
  return [AUTHENTICATED, `user:${named(sub)}`, ...groups.map((group): Subject => `group:${named(group)}`)];
}

/**
 * The subjects that a verified machine-to-machine token holds before roles are followed. `client` is the
 * logical name of the app client, undefined where the deployment does not name it; it is unique among all
 * pools and takes no alias, unlike scopes.
 *
 * @throws ConfigurationError on `issuer`, the former name of `poolAlias`
 *
 * @example
 * import { decide, machineSubjects } from "claimgate/policy";
 *
 * const subjects = machineSubjects({ client: "reporting", scopes: ["orders-api/orders.read"] });
 * decide(policy, { subjects, route: "GET /orders", parameters: {}, claims: {} });
 */
export function machineSubjects(machine: MachineIdentity): Subject[] {
  refuseFormerName(machine, "issuer", "poolAlias");
  return subjectsOfMachine(machine);
}

function subjectsOfMachine({ client, scopes, poolAlias }: MachineIdentity): Subject[] {
  const named = scopes.map((scope): Subject => `scope:${issuedName(poolAlias, scope)}`);
  return client === undefined ? [MACHINE, ...named] : [MACHINE, `client:${client}`, ...named];
}

/**
 * Whether the string is a known prefix followed by a name.
 *
 * @example
 * import { isSubject } from "claimgate/policy";
 *
 * console.log(isSubject("group:staff"), isSubject("staff")); // true false
 */
export function isSubject(text: string): text is Subject {
  const colon = text.indexOf(":");
  return (
    colon > 0 && colon < text.length - 1 && SUBJECT_PREFIXES.some((prefix) => prefix === text.slice(0, colon))
  );
}
