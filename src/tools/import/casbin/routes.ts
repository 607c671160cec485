import { permissionFor } from "../../adopt/permission-names.ts";
import { covers, shapeOf, spell, type Template, withMeets } from "../templates.ts";

/** The paths of one object and one method, with the permission that rows give for them. */
export interface PathPermission {
  readonly template: Template;
  /** One method, or `ANY`. */
  readonly method: string;
  readonly permission: string;
}

/** Far more than a service has routes. */
export const MOST_ROUTES = 5_000;

/** Gives a permission to each pair of paths and method; equal pairs share one. */
export class PathPermissions {
  readonly #permissions = new Map<string, PathPermission>();
  readonly #taken = new Set<string>();
  readonly #reserved: ReadonlySet<string>;

  /** @param reserved resources that rows name, which a path must not share */
  constructor(reserved: ReadonlySet<string>) {
    this.#reserved = reserved;
  }

  get all(): readonly PathPermission[] {
    return [...this.#permissions.values()];
  }

  /** The permission of these paths, named after them. */
  of(template: Template, method: string): string {
    const key = `${method} ${shapeOf(template)}`;
    const known = this.#permissions.get(key);
    if (known !== undefined) return known.permission;
    const [resource = "", action = ""] = permissionFor(`${method} ${spell(template)}`).split(":");
    let name = resource;
    for (let next = 2; this.#reserved.has(name) || this.#taken.has(`${name}:${action}`); next += 1) {
      name = `${resource}-${next}`;
    }
    const permission = `${name}:${action}`;
    this.#taken.add(permission);
    this.#permissions.set(key, { template, method, permission });
    return permission;
  }
}

/** A `g2` row. */
export interface RouteRow {
  readonly route: string;
  readonly permission: string;
}

/**
 * The routes for the paths: the most specific route of each request has exactly the permissions of all paths that match
 * it. Undefined if there are more than 5,000.
 */
export function routeRows(permissions: readonly PathPermission[]): readonly RouteRow[] | undefined {
  const spelling = new Map<string, string>();
  const spelled = (template: Template) => {
    const shape = shapeOf(template);
    const text = spelling.get(shape) ?? spell(template);
    spelling.set(shape, text);
    return text;
  };
  // In the words of the rows, where they have some.
  for (const { template } of permissions) spelled(template);
  const ofAny = permissions.filter(({ method }) => method === "ANY");
  const methods = [...new Set(permissions.map(({ method }) => method))];
  const rows: RouteRow[] = [];
  for (const method of methods) {
    const own = permissions.filter((one) => one.method === method);
    const all = method === "ANY" ? own : [...own, ...ofAny];
    const templates = withMeets(
      all.map(({ template }) => template),
      MOST_ROUTES,
    );
    if (templates === undefined) return undefined;
    for (const template of templates) {
      // Without a pattern of its own the method is decided as `ANY`.
      if (!own.some((one) => covers(one.template, template))) continue;
      for (const { permission } of all.filter((one) => covers(one.template, template))) {
        rows.push({ route: `${method} ${spelled(template)}`, permission });
      }
    }
  }
  return rows;
}
