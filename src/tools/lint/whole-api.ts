import { methodPatterns, overlap } from "../../policy/method-pattern.ts";
import { covers } from "../../policy/permission.ts";
import { isSpecialRoute } from "../../policy/route.ts";
import type { RouteRow, Row } from "../../policy/row.ts";
import { hasBraces } from "../../policy/tenant-group.ts";
import { QUOTAS } from "../cloudformation/quotas.ts";
import { factsOf } from "./policy-facts.ts";
import { declaredRoutes, isPublic } from "./service-routes.ts";

/** Why a whole-API answer could be wrong on a route. */
export interface InexpressibleRoute {
  /** The first row of the route. */
  readonly row: RouteRow;
  /** A clause: "its decision depends on ...". */
  readonly why: string;
}

interface GuardedRoute {
  readonly row: RouteRow;
  readonly patterns: readonly string[];
  /** Sorted; routes with the same permissions are always decided alike, conditions aside. */
  readonly permissions: readonly string[];
}

/**
 * The path routes of the policy that an IAM policy cannot distinguish from others, for any caller. Without any, the
 * answer that names every route by its pattern ({@link methodPatterns}) is right for each request of each route, so
 * API Gateway may cache it for a token.
 *
 * Two things make a route inexpressible:
 * - a row that may decide it has a condition, or its subject is a role of a tenant: the answer depends on the path, the
 *   pattern does not;
 * - its pattern also matches requests of a route that other permissions open. A parameter counts as any text, encoded
 *   slashes included: whether API Gateway decodes them in the ARN is not documented. To deny the exceptions would need
 *   the ARN to spell a literal always alike, which is not documented either, so overlaps are refused.
 */
export function inexpressibleRoutes(rows: readonly Row[]): readonly InexpressibleRoute[] {
  const conditional = pathDependent(rows);
  const routes = guardedRoutes(rows);
  const others = [...routes, ...headsOfPublicRoutes(rows)];
  return routes.flatMap((route): InexpressibleRoute[] => {
    const why = conditionOf(route, conditional) ?? overlapOf(route, others);
    return why === undefined ? [] : [{ row: route.row, why }];
  });
}

/** The largest whole-API answer for any caller: each route is in it, allowed or denied. */
export interface AnswerSize {
  /** Bytes of the resources that name the routes. */
  readonly routes: number;
  /** Bytes in all, for the caller with the most roles and the longest token. */
  readonly whole: number;
  /** Routes with a resource that can be longer than API Gateway accepts, and its maximum length. */
  readonly tooLong: readonly { readonly row: RouteRow; readonly length: number }[];
}

/** The prefix up to the stage: `arn:aws-us-gov:execute-api:REGION:ACCOUNT:API/`, with the longest region. */
const LONGEST_ARN = 70;
/** Characters of a realistic stage name; API Gateway accepts 128. */
const LONGEST_STAGE = 32;
/** The header that carries the token limits its length, and the context repeats its groups and claims. */
const FROM_THE_TOKEN = 2 * 10_240;
/** Quotes and comma around a resource. */
const PUNCTUATION = 3;

/** The maximum size of the whole-API answers. */
export function answerSize(rows: readonly Row[]): AnswerSize {
  const before = LONGEST_ARN + LONGEST_STAGE + 1;
  const routes = guardedRoutes(rows).map(({ row, patterns }) => ({
    row,
    lengths: patterns.map((pattern) => before + pattern.length),
  }));
  const bytes = routes.flatMap(({ lengths }) => lengths).reduce((sum, one) => sum + one + PUNCTUATION, 0);
  const roles = new Set(rows.flatMap((row) => (row.type === "g" ? [row.role] : [])));
  const named = [...roles].reduce((sum, role) => sum + role.length + 1, 0);
  const tooLong = routes.flatMap(({ row, lengths }) => {
    const length = Math.max(...lengths);
    return length > QUOTAS.resourceOfAnAnswer ? [{ row, length }] : [];
  });
  return { routes: bytes, whole: bytes + named + FROM_THE_TOKEN, tooLong };
}

function guardedRoutes(rows: readonly Row[]): readonly GuardedRoute[] {
  const declared = declaredRoutes(rows);
  const names = new Set(declared.keys());
  return [...declared].flatMap(([route, own]) => {
    if (isSpecialRoute(route) || isPublic(own)) return [];
    const [row] = own;
    const permissions = own.map(({ permission }) => permission).sort();
    return row === undefined ? [] : [{ row, patterns: methodPatterns(route, names), permissions }];
  });
}

/**
 * The `HEAD` of public `GET` routes that have a guarded `ANY` on the same path: the gateway asks the authorizer of
 * `ANY` for it, and no permission opens it, since `GET` decides it.
 */
function headsOfPublicRoutes(rows: readonly Row[]): readonly GuardedRoute[] {
  const declared = declaredRoutes(rows);
  return [...declared].flatMap(([route, own]) => {
    const template = route.startsWith("GET ") ? route.slice("GET ".length) : undefined;
    const any = template === undefined ? undefined : declared.get(`ANY ${template}`);
    const [row] = own;
    if (row === undefined || any === undefined || isPublic(any) || !isPublic(own)) return [];
    const heads = methodPatterns(route, new Set(declared.keys())).filter((one) => one.startsWith("HEAD/"));
    return [{ row, patterns: heads, permissions: [] }];
  });
}

function conditionOf(route: GuardedRoute, conditional: readonly PathDependent[]): string | undefined {
  const found = conditional.find(({ permission }) =>
    route.permissions.some((opened) => covers(permission, opened)),
  );
  return found && `its decision depends on the ${found.on}, by ${found.because}`;
}

/** A permission whose rows depend on more than the caller, and a clause that says by which row. */
interface PathDependent {
  readonly permission: string;
  readonly on: string;
  readonly because: string;
}

function pathDependent(rows: readonly Row[]): readonly PathDependent[] {
  const { permissionRows, roleRows, holding } = factsOf(rows);
  const ofTenants = roleRows.filter(({ member }) => hasBraces(member));
  return permissionRows.flatMap(({ subject, permission, condition, file, line }) => {
    if (condition !== undefined) {
      const on = condition.some(({ maxAge }) => maxAge === undefined) ? "path" : "age of the sign-in";
      return [{ permission, on, because: `the condition at ${file}:${line}` }];
    }
    const role = ofTenants.find((row) => holding.closure(row.role).has(subject));
    if (role === undefined) return [];
    return [{ permission, on: "path", because: `the role of a tenant at ${role.file}:${role.line}` }];
  });
}

function overlapOf(route: GuardedRoute, routes: readonly GuardedRoute[]): string | undefined {
  for (const other of routes) {
    if (other.permissions.join(" ") === route.permissions.join(" ")) continue;
    const pattern = route.patterns.find((own) => other.patterns.some((theirs) => overlap(own, theirs)));
    if (pattern !== undefined)
      return `the pattern \`${pattern}\` also matches requests of \`${other.row.route}\``;
  }
  return undefined;
}
