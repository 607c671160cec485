import type { DecisionRequest } from "../src/policy/decision.ts";
import type { Subject } from "../src/policy/subject.ts";

export interface BenchRequest extends DecisionRequest {
  readonly method: string;
  readonly path: string;
  /** For the sides that do not follow roles: all subjects that count. */
  readonly held: readonly string[];
  /** For the sides that do not know routes: the patterns that cover the route's permission. */
  readonly permissions: readonly string[];
}

export interface Workload {
  readonly rowCount: number;
  readonly csv: string;
  /** The `p` rows alone. */
  readonly grantCsv: string;
  readonly grants: readonly Grant[];
  readonly inherits: ReadonlyMap<Subject, readonly Subject[]>;
  /** Route -> permission. */
  readonly routes: ReadonlyMap<string, string>;
  readonly requests: readonly BenchRequest[];
}

export interface Grant {
  readonly subject: Subject;
  readonly permission: string;
  readonly effect: "allow" | "deny";
}

const ACTIONS = ["read", "write", "list"] as const;
const METHODS = ["GET", "PUT", "POST"] as const;

/**
 * The policy of the performance reference: `p` rows for rows/20 roles over at most 1,000 route templates, one
 * in twenty a deny, two roles in five inherit, no conditions (stock casbin would need a function for them).
 * `rows` counts `p` rows. The tokens hold so many roles; half of the requests are allowed.
 */
export function createWorkload(rows: number, rolesAToken: number): Workload {
  const random = generator(rows);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const roles = range(Math.max(2, Math.ceil(rows / 20))).map((index): Subject => `role:r${index}`);
  const routes = routesFor(Math.min(1_000, Math.max(6, Math.ceil(rows / 4))));
  const permissions = [...routes.values()];
  const grants = new Map<string, Grant>();
  while (grants.size < rows) {
    const permission = pick(permissions);
    const wide = random() < 0.02 ? `${permission.slice(0, permission.indexOf(":"))}:*` : permission;
    const effect = random() < 0.05 ? "deny" : "allow";
    const grant: Grant = { subject: pick(roles), permission: wide, effect };
    grants.set(`p, ${grant.subject}, ${wide}, ${effect}`, grant);
  }
  const inherits = new Map<Subject, readonly Subject[]>();
  roles.forEach((role, index) => {
    if (index > 0 && random() < 0.4) inherits.set(role, [roles[Math.floor(random() * index)] as Subject]);
  });
  const bySubject = groupBy(grants.values());
  const requests: BenchRequest[] = [];
  const wanted = { allow: 256, deny: 256 };
  for (let tries = 0; tries < 200_000 && wanted.allow + wanted.deny > 0; tries += 1) {
    const subjects = [...new Set(range(rolesAToken).map(() => pick(roles)))];
    const held = closure(subjects, inherits);
    const own = held.flatMap((subject) => bySubject.get(subject) ?? []);
    // Half of the tries aim at something that is granted, or hardly any request of a large policy would be.
    const aimed = random() < 0.5 && own.length > 0 ? pick(own).permission : undefined;
    const [route, permission] = pick([...(aimed === undefined ? routes : routesOf(routes, aimed))]);
    const covering = [permission, `${permission.slice(0, permission.indexOf(":"))}:*`, "*"];
    const matching = own.filter((grant) => covering.includes(grant.permission));
    const allowed = matching.length > 0 && matching.every((grant) => grant.effect === "allow");
    const effect = allowed ? "allow" : "deny";
    if (wanted[effect] === 0) continue;
    wanted[effect] -= 1;
    const [method = "", template = ""] = route.split(" ");
    const path = template.replaceAll(/\{[^}]+\}/g, "17");
    requests.push({
      ...{ subjects, route, parameters: {}, claims: {}, method, path },
      ...{ held, permissions: covering },
    });
  }
  const grantCsv = [...grants.keys()].join("\n");
  const csv = [
    grantCsv,
    ...[...inherits].map(([role, [parent]]) => `g, ${role}, ${parent}`),
    ...[...routes].map(([route, permission]) => `g2, ${route}, ${permission}`),
  ].join("\n");
  return { rowCount: rows, csv, grantCsv, grants: [...grants.values()], inherits, routes, requests };
}

function routesFor(count: number): Map<string, string> {
  const routes = new Map<string, string>();
  for (let index = 0; routes.size < count; index += 1) {
    const kind = index % 3;
    const resource = `res${Math.floor(index / 3)}`;
    const path = kind === 2 ? `/${resource}` : `/${resource}/{id}/part${kind}`;
    routes.set(`${METHODS[kind] ?? "GET"} ${path}`, `${resource}:${ACTIONS[kind] ?? "read"}`);
  }
  return routes;
}

function routesOf(routes: ReadonlyMap<string, string>, pattern: string): [string, string][] {
  const prefix = pattern.endsWith(":*") ? pattern.slice(0, -1) : undefined;
  return [...routes].filter(([, permission]) =>
    prefix === undefined ? permission === pattern : permission.startsWith(prefix),
  );
}

function closure(
  subjects: readonly Subject[],
  inherits: ReadonlyMap<Subject, readonly Subject[]>,
): Subject[] {
  const held = new Set(subjects);
  for (const subject of held) for (const role of inherits.get(subject) ?? []) held.add(role);
  return [...held];
}

function groupBy(grants: Iterable<Grant>): Map<Subject, Grant[]> {
  const groups = new Map<Subject, Grant[]>();
  for (const grant of grants) {
    const group = groups.get(grant.subject);
    if (group === undefined) groups.set(grant.subject, [grant]);
    else group.push(grant);
  }
  return groups;
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
