import { groupBy } from "../../../policy/group-by.ts";
import { createRouteTable } from "../../../policy/route-table.ts";
import { covers, meetOf, shapeOf, spell, type Template, withMeets } from "../templates.ts";
import {
  ApiGateway,
  type ApiPath,
  type ApiRequest,
  type ApiRoute,
  apiPaths,
  decidedOn,
  REQUEST_METHODS,
} from "./api-routes.ts";
import { MOST_ROUTES, type PathPermission, type RouteRow } from "./routes.ts";

/** A request that the API gives to a route which is about more than the paths of a row. */
export interface Misfit {
  /** `GET /orders/export` */
  readonly request: string;
  /** The route of the API: `GET /orders/{id}`. */
  readonly route: string;
}

export interface ApiTable {
  readonly rows: readonly RouteRow[];
  /** Permissions that no table can give on exactly their paths, with the first request that is different. */
  readonly misfits: ReadonlyMap<string, Misfit>;
}

/**
 * The `g2` rows for the routes of an API. A route that the gateway matches by its template has one row for each
 * permission that covers it; behind greedy routes and `$default` there are finer routes. Undefined if there are more
 * than 5,000.
 */
export function apiTable(
  permissions: readonly PathPermission[],
  api: readonly ApiRoute[],
): ApiTable | undefined {
  const rows = rowsOf(permissions, api);
  const misfits = rows && misfitsOf(permissions, rows, api);
  return rows && misfits && { rows, misfits };
}

function rowsOf(permissions: readonly PathPermission[], api: readonly ApiRoute[]): RouteRow[] | undefined {
  const paths = apiPaths(api);
  const name = namesOf(permissions, paths);
  const methods = [...new Set(permissions.map(({ method }) => method))];
  const rows = new Map<string, RouteRow>();
  const add = (method: string, template: Template) => {
    const route = name(method, template);
    for (const { permission } of permissions.filter(
      (one) => opens(one, method) && covers(one.template, template),
    )) {
      rows.set(`${route} ${permission}`, { route, permission });
    }
  };
  const any = api
    .filter(({ route }) => route === "$default")
    .map(() => ({ method: "ANY", within: undefined }));
  const routes = paths.map(({ method, template }) => ({ method, within: template }));
  for (const [index, { method: own, within }] of [...routes, ...any].entries()) {
    const isPlain = within !== undefined && within.at(-1)?.kind !== "greedy" && paths[index]?.byPath !== true;
    // `HEAD` is decided as `GET`.
    const ofRoute = own === "HEAD" ? "GET" : own;
    for (const method of ofRoute === "ANY" ? new Set([...methods, "ANY"]) : [ofRoute]) {
      const all = permissions
        .filter((one) => opens(one, method))
        .flatMap((one) => {
          const template = within === undefined ? one.template : meetOf(one.template, within);
          return template === undefined ? [] : [{ ...one, template }];
        });
      const templates = isPlain
        ? [within]
        : withMeets(
            all.map(({ template }) => template),
            MOST_ROUTES,
          );
      if (templates === undefined) return undefined;
      for (const template of templates) {
        // Without a pattern of its own the method is decided as `ANY`.
        const isOwn = all.some((one) => one.method === method && covers(one.template, template));
        if (ofRoute !== "ANY" || isOwn) add(method, template);
      }
      if (rows.size > MOST_ROUTES) return undefined;
    }
  }
  return [...rows.values()];
}

/** Whether the permission is one for requests of the method. */
function opens({ method: own }: PathPermission, method: string): boolean {
  return own === "ANY" || own === method;
}

/** Spells a route as the API does, else as the rows do. */
function namesOf(
  permissions: readonly PathPermission[],
  paths: readonly ApiPath[],
): (method: string, template: Template) => string {
  const spellings = new Map<string, string>();
  const learn = (key: string, template: Template) => {
    if (!spellings.has(key)) spellings.set(key, spell(template));
  };
  for (const { method, template } of paths) learn(`${method} ${shapeOf(template)}`, template);
  for (const { template } of [...paths, ...permissions]) learn(shapeOf(template), template);
  return (method, template) => {
    const shape = shapeOf(template);
    learn(shape, template);
    return `${method} ${spellings.get(`${method} ${shape}`) ?? spellings.get(shape) ?? ""}`;
  };
}

/** Asks for one request of each kind, for every method, what old rows and new routes say. */
function misfitsOf(
  permissions: readonly PathPermission[],
  rows: readonly RouteRow[],
  api: readonly ApiRoute[],
): ReadonlyMap<string, Misfit> | undefined {
  const templates = [...permissions, ...apiPaths(api)].map(({ template }) => template);
  const kinds = withMeets(templates, MOST_ROUTES);
  if (kinds === undefined) return undefined;
  const table = createRouteTable(rows.map(({ route }) => route));
  const given = groupBy(rows, ({ route }) => route);
  const pathOf = pathsBeyond(templates);
  const misfits = new Map<string, Misfit>();
  const gateways = [...groupBy(api, ({ gateway }) => gateway).values()].map((own) => new ApiGateway(own));
  for (const kind of kinds) {
    const old = permissions.filter(({ template }) => covers(template, kind));
    for (const request of REQUEST_METHODS.map((method): ApiRequest => ({ method, segments: pathOf(kind) }))) {
      const wanted = new Set(
        old
          .filter((one) => opens(one, request.method === "HEAD" ? "GET" : request.method))
          .map((one) => one.permission),
      );
      for (const matched of gateways.flatMap((gateway) => gateway.match(request) ?? [])) {
        const route = decidedOn(table, matched, request);
        const is = new Set((given.get(route ?? "") ?? []).map(({ permission }) => permission));
        for (const permission of new Set([...wanted, ...is])) {
          if ((wanted.has(permission) && is.has(permission)) || misfits.has(permission)) continue;
          misfits.set(permission, { request: `${request.method} ${spell(kind)}`, route: matched.route });
        }
      }
    }
  }
  return misfits;
}

/**
 * A path that is matched by a template, and by those that cover it, and by no other: its segments are those of the
 * template and one that no template has, and for a greedy parameter more than any template has.
 */
function pathsBeyond(templates: readonly Template[]): (template: Template) => readonly string[] {
  const literals = new Set(templates.flat().flatMap((one) => (one.kind === "literal" ? [one.text] : [])));
  let other = "x";
  while (literals.has(other)) other += "x";
  const longest = Math.max(0, ...templates.map(({ length }) => length));
  return (template) =>
    template.flatMap((segment, index) => {
      if (segment.kind === "literal") return [segment.text];
      return segment.kind === "parameter"
        ? [other]
        : Array.from({ length: longest + 1 - index }, () => other);
    });
}
