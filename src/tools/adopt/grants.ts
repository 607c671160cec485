import { addTo } from "../../policy/group-by.ts";
import type { Subject } from "../../policy/subject.ts";
import type { GivenRoute } from "./given-today.ts";
import { looksOnly, permissionsFor } from "./permission-names.ts";

/** A route that another authorizer decides, and why that stays. */
interface DecidedElsewhere {
  readonly route: string;
  readonly authorizer: string;
  readonly why: string;
}

/** What the texts of a first policy are made of. */
export interface Grants {
  /** Guarded route -> its permission, by path. */
  readonly permissions: ReadonlyMap<string, string>;
  /** Subject -> the permissions that it has today. */
  readonly subjects: ReadonlyMap<Subject, readonly string[]>;
  /** Permissions that nobody has yet: a role looks, another does everything. Empty if what is given is known. */
  readonly looking: readonly string[];
  readonly changing: readonly string[];
  readonly open: readonly string[];
  readonly elsewhere: readonly DecidedElsewhere[];
}

/** Names the permissions of routes, and who has them today. */
export function grantsOf(routes: readonly GivenRoute[]): Grants {
  const sorted = [...routes].sort((a, b) => byPath(a.route.route, b.route.route));
  const guarded = sorted.filter(({ given }) => given.to === "subjects" || given.to === "roles");
  const callers = new Map(guarded.map((one) => [one.route.route, subjectsOf(one)]));
  const permissions = permissionsFor([...callers.keys()], (route) => callers.get(route)?.join() ?? "");
  const subjects = new Map<Subject, string[]>();
  const unknown: string[] = [];
  for (const [route, permission] of permissions) {
    const known = callers.get(route) ?? [];
    if (known.length === 0 && !unknown.includes(permission)) unknown.push(permission);
    for (const subject of known) {
      if (subjects.get(subject)?.includes(permission) !== true) addTo(subjects, subject, permission);
    }
  }
  return {
    permissions,
    subjects: new Map([...subjects].sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))),
    looking: unknown.filter(looksOnly),
    changing: unknown.filter((permission) => !looksOnly(permission)),
    open: [...new Set(sorted.flatMap(({ route, given }) => (given.to === "everyone" ? [route.route] : [])))],
    elsewhere: sorted.flatMap(({ route, given }) =>
      given.to === "others" ? [{ route: route.route, authorizer: given.authorizer, why: given.why }] : [],
    ),
  };
}

function subjectsOf({ given }: GivenRoute): readonly Subject[] {
  return given.to === "subjects" ? [...given.subjects].sort() : [];
}

/** Users first, then machines, then scopes. */
function order(subject: Subject): number {
  return ["role:authenticated", "role:machine"].indexOf(subject) >>> 0;
}

function byPath(a: string, b: string): number {
  const key = (route: string) => route.replace(/^(\S+) (.*)$/, "$2 $1");
  return key(a) < key(b) ? -1 : 1;
}
