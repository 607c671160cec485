import type { PolicyFile } from "../../../policy/compile.ts";
import { readCsv } from "../../../policy/csv.ts";
import { byPlace } from "../../../policy/place.ts";
import type { Problem, Refusal } from "../refusal.ts";
import { type ApiRoute, apiProblems } from "./api-routes.ts";
import { type CallerKind, Callers } from "./callers.ts";
import { tooDeepLink } from "./links.ts";
import { readModel } from "./model.ts";
import { convertToRoutes } from "./opened-grants.ts";
import { policyTexts } from "./policy-texts.ts";
import { convertLinks, type Membership } from "./role-links.ts";
import { type Cell, readRows } from "./rows.ts";

/** What is converted. Refusals name the paths of the files. */
export interface CasbinPolicy {
  readonly model: PolicyFile;
  readonly rows: readonly PolicyFile[];
  /** The routes of the API; undefined if it has those that the conversion writes. */
  readonly api?: readonly ApiRoute[] | undefined;
}

/** A policy of claimgate that decides as the old one, but for what is refused. */
export interface Conversion {
  /** The files beside `model.conf`. Empty if nothing can be converted. */
  readonly files: readonly PolicyFile[];
  /** How many rows the old policy has, those refused included. */
  readonly rows: number;
  readonly routes: readonly string[];
  /** Permissions without a route, which rows about resources other than paths give. */
  readonly permissions: readonly string[];
  /** The users to put into Cognito groups, for callers that are members. */
  readonly memberships: readonly Membership[];
  /** Rows that no request of the API can meet, so that nothing is written for them. Sorted by place. */
  readonly unreached: readonly Refusal[];
  /** Sorted by place. */
  readonly refused: readonly Refusal[];
  /** Whether the policy without the refused rows may allow more than the old one: one of them may deny. */
  readonly mayWiden: boolean;
}

/**
 * Converts each row exactly or refuses it with the reason: for every request with a canonical path, the policy decides
 * as casbin decides with the old model and rows. `HEAD` is decided as `GET`.
 */
export function convertCasbin(
  { model: { path, text }, rows, api }: CasbinPolicy,
  kind?: CallerKind,
): Conversion {
  const read = readModel(path, text);
  if ("refused" in read) return nothing(read.refused, rows);
  const wrongRoutes = apiProblems(api ?? []);
  if (wrongRoutes.length > 0) return nothing(wrongRoutes, rows);
  const files = rows.map((file) => readRows(read.model, file.path, file.text));
  const grants = files.flatMap((file) => file.grants);
  const links = files.flatMap((file) => file.links);
  const callers = new Callers(kind, new Set(links.map(({ role }) => role.text)));
  const roles = convertLinks(links, callers);
  const permissions = convertToRoutes(read.model, grants, callers, api);
  const deep = tooDeepLink(links);
  const start = { file: rows[0]?.path ?? path, line: 1, column: 1 };
  const refused: readonly Refusal[] = [
    ...files.flatMap((file) => file.refused),
    ...roles.refused.map(({ at, problem }) => refusalAt(at, problem)),
    ...(permissions?.refused ?? []).map(({ at, problem }) => refusalAt(at, problem)),
    ...(deep === undefined ? [] : [refusalAt(deep.role, TOO_DEEP)]),
  ];
  if (permissions === undefined) return nothing([...refused, { ...start, ...TOO_MANY_ROUTES }], rows);
  const unreached = permissions.unreached.map(({ object }) => refusalAt(object, NOT_IN_API)).sort(byPlace);
  if (permissions.rows.length === 0) {
    const reasons = [...refused, ...unreached];
    return nothing(reasons.length > 0 ? reasons : [{ ...start, ...NO_GRANTS }], rows);
  }
  const { routes } = permissions;
  const sorted = [...refused].sort(byPlace);
  const left = [...refused, ...unreached].sort(byPlace);
  return {
    files: policyTexts({ routes, grants: permissions.rows, links: roles, refused: left }),
    rows: countRows(rows),
    routes: [...new Set(routes.map(({ route }) => route))],
    permissions: permissions.named,
    memberships: roles.memberships,
    unreached,
    refused: sorted,
    mayWiden:
      deep !== undefined ||
      files.some(({ maybeDenies }) => maybeDenies) ||
      permissions.refused.some(({ grant }) => grant.effect === "deny") ||
      (roles.refused.length > 0 && grants.some(({ effect }) => effect === "deny")),
  };
}

function nothing(refused: readonly Refusal[], rows: readonly PolicyFile[]): Conversion {
  return {
    files: [],
    rows: countRows(rows),
    routes: [],
    permissions: [],
    memberships: [],
    unreached: [],
    refused: [...refused].sort(byPlace),
    mayWiden: false,
  };
}

function countRows(rows: readonly PolicyFile[]): number {
  return rows.reduce((sum, { path, text }) => sum + readCsv(path, text).records.length, 0);
}

function refusalAt({ file, line, column }: Cell, problem: Problem): Refusal {
  return { file, line, column, ...problem };
}

const TOO_DEEP: Problem = {
  message:
    "casbin follows 10 `g` rows from a name, and this is the eleventh: it has no effect, and it would have here",
  fix: "give the role to a name nearer to it, or delete the row",
};

const TOO_MANY_ROUTES: Problem = {
  message: "the patterns overlap in more than 5,000 routes",
  fix: "write the `g2` rows by hand, for the routes of your API",
};

const NOT_IN_API: Problem = {
  message: "the API has no route for what the row is about, so no request meets it",
  fix: "delete the row, or add its route to serverless.yml",
};

const NO_GRANTS: Problem = {
  message: "the policy has no `p` row",
  fix: "give the policy that your service loads; several files are fine",
};
