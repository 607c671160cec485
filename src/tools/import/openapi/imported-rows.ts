import { rowText } from "../../../policy/csv.ts";
import { isPermission, PUBLIC } from "../../../policy/permission.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../../policy/subject.ts";
import { permissionFor } from "../../adopt/permission-names.ts";
import type { At } from "../../text/place.ts";
import type { Access, Alternative } from "./access.ts";

/** An operation whose access rows can say. */
export interface ImportedOperation {
  readonly at: At;
  readonly route: string;
  readonly access: Access;
  /** The permissions that the document names; undefined if the security alone says who may call. */
  readonly named: readonly string[] | undefined;
}

export interface ImportedRows {
  /** `g2` rows. */
  readonly routes: readonly string[];
  /** `p` rows. */
  readonly grants: readonly string[];
  /** `p3` rows. */
  readonly apps: readonly string[];
  /** Permissions that the document names; no row says who holds them. */
  readonly named: readonly string[];
}

/** Subjects that the same scope of an app is to cover: one permission. */
interface Grant {
  readonly scope: string | undefined;
  readonly subjects: ReadonlySet<Subject>;
}

/**
 * The rows. An operation gets a permission for each scope of its alternatives, and one for those without: of a user's
 * token, a `p3` row asks for one scope, and only for the permissions that it covers.
 */
export function importedRows(
  operations: readonly ImportedOperation[],
  apps: readonly string[],
): ImportedRows {
  const named = [...new Set(operations.flatMap((one) => one.named ?? []))];
  const names = new PermissionNames(new Set(named));
  const routes: string[] = [];
  const grants = new Map<string, Grant>();
  for (const { route, access, named: own } of operations) {
    if (access.kind === "public") routes.push(rowText("g2", [route, PUBLIC]));
    else if (own !== undefined) routes.push(...own.map((permission) => rowText("g2", [route, permission])));
    else {
      for (const grant of grantsOf(access.alternatives)) {
        const permission = names.of(grant, route);
        grants.set(permission, grant);
        routes.push(rowText("g2", [route, permission]));
      }
    }
  }
  const isCut = [...grants.values()].some((grant) => grant.scope !== undefined && isForUsers(grant));
  const covered = [
    ...named.map((permission) => [permission, undefined] as const),
    ...[...grants].flatMap(([permission, grant]) =>
      isForUsers(grant) ? [[permission, grant.scope] as const] : [],
    ),
  ];
  return {
    routes,
    grants: [...grants].flatMap(([permission, { subjects }]) =>
      [...subjects].map((subject) => rowText("p", [subject, permission, "allow"])),
    ),
    apps: !isCut
      ? []
      : covered.flatMap(([permission, scope]) =>
          apps.map((app) =>
            rowText("p3", [`client:${app}`, permission, ...(scope === undefined ? [] : [scope])]),
          ),
        ),
    named,
  };
}

function grantsOf(alternatives: readonly Alternative[]): readonly Grant[] {
  const grants = new Map<string | undefined, Set<Subject>>();
  for (const one of alternatives) {
    const subjects = grants.get(one.scope) ?? new Set();
    grants.set(one.scope, subjects.add(subjectOf(one)));
  }
  return [...grants].map(([scope, subjects]) => ({ scope, subjects }));
}

function subjectOf(one: Alternative): Subject {
  if (one.kind === "machine") return one.scope === undefined ? MACHINE : `scope:${one.scope}`;
  return one.group === undefined ? AUTHENTICATED : `group:${one.group}`;
}

function isForUsers({ subjects }: Grant): boolean {
  return [...subjects].some((subject) => subject === AUTHENTICATED || subject.startsWith("group:"));
}

/** A permission for each grant: named after the scope and shared, or after the route and its own. */
class PermissionNames {
  readonly #taken: Set<string>;
  readonly #shared = new Map<string, string>();

  /** @param reserved names that the document gives to other permissions */
  constructor(reserved: ReadonlySet<string>) {
    this.#taken = new Set(reserved);
  }

  of({ scope, subjects }: Grant, route: string): string {
    if (scope === undefined) return this.#free(permissionFor(route));
    const key = [scope, ...[...subjects].sort()].join("\n");
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const permission = this.#free(permissionOf(scope));
    this.#shared.set(key, permission);
    return permission;
  }

  #free(permission: string): string {
    const [resource = "", action = ""] = permission.split(":");
    let name = permission;
    for (let next = 2; this.#taken.has(name); next += 1) name = `${resource}-${next}:${action}`;
    this.#taken.add(name);
    return name;
  }
}

/** `orders-api/orders.read` -> `orders:read` */
function permissionOf(scope: string): string {
  const name = scope.slice(scope.lastIndexOf("/") + 1);
  const permission = name.includes(":") ? name : name.replace(/[./](?=[^./]*$)/, ":");
  if (isPermission(permission)) return permission;
  const word = name.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^[-_]+/, "");
  return `${word === "" ? "scope" : word}:use`;
}
