import type { PolicyFile } from "../../../policy/compile.ts";
import { isPermission } from "../../../policy/permission.ts";
import { byPlace } from "../../../policy/place.ts";
import { parsePathRoute } from "../../../policy/route.ts";
import { subjectNameProblem } from "../../../policy/subject-name.ts";
import { shapeOf } from "../../access/route-shape.ts";
import { basePathOf } from "../../openapi/base-path.ts";
import type { OpenApiDocument, Operation } from "../../openapi/document.ts";
import type { At } from "../../text/place.ts";
import type { Problem, Refusal } from "../refusal.ts";
import { covers } from "../templates.ts";
import { type Access, accessOf } from "./access.ts";
import { type KnownRoute, type Match, matchIn } from "./api-match.ts";
import { type ImportedOperation, importedRows } from "./imported-rows.ts";
import { openApiTexts } from "./openapi-texts.ts";

export interface OpenApiImport {
  readonly document: OpenApiDocument;
  /** The app clients through which users call, by their logical names. */
  readonly apps: readonly string[];
  /** What routes have before the paths of the document; undefined if nothing was said. */
  readonly basePath: string | undefined;
  /** The routes of the API; undefined if it has those of the document. */
  readonly api?: readonly KnownRoute[] | undefined;
}

/** Rows that allow what the document allows, but for what is refused. */
export interface OpenApiConversion {
  /** The files beside `model.conf`. Empty if nothing can be converted. */
  readonly files: readonly PolicyFile[];
  readonly operations: number;
  readonly routes: readonly string[];
  /** Permissions that the document names without saying who holds them. */
  readonly permissions: readonly string[];
  /** Operations that the API has no route for; they have no row. */
  readonly unreached: readonly Refusal[];
  /** Routes of the API that the document does not have: they are denied. */
  readonly undescribed: readonly string[];
  readonly refused: readonly Refusal[];
  /** Whether a request of a refused operation would be decided by the row of another. */
  readonly mayWiden: boolean;
}

/**
 * Converts each operation exactly or refuses it with the reason: for every token of the apps, the policy allows the
 * operation if and only if the document does (docs/adr/0082-openapi.md).
 */
export function convertOpenApi({ document, apps, basePath, api }: OpenApiImport): OpenApiConversion {
  const base = basePathOf(document, basePath);
  if (document.problems.length > 0) return nothing(document, document.problems);
  if ("problem" in base) return nothing(document, [base.problem]);
  const refused: Refusal[] = [];
  const left: string[] = [];
  const unreached: Refusal[] = [];
  const converted: ImportedOperation[] = [];
  const described = new Set<string>();
  for (const operation of document.operations) {
    const written = `${operation.method} ${base.basePath}${operation.path}`;
    const shape = shapeOf(written);
    const isTwin = described.has(shape);
    described.add(shape);
    const read = isTwin
      ? refusal(operation.at, twinOf(written))
      : readOperation(operation, written, document);
    const match: Match = api === undefined ? { kind: "route", route: written } : matchIn(api, written);
    if ("refused" in read) {
      refused.push(...read.refused);
      left.push(written);
    } else if (match.kind === "misfit") {
      refused.push({ ...operation.at, ...misfit(written, match.reached) });
      left.push(match.reached);
    } else if (match.kind === "unreached") unreached.push({ ...operation.at, ...notInApi(written) });
    else converted.push({ ...read, route: match.route });
  }
  const withoutApp = apps.length > 0 ? undefined : converted.find(({ access }) => needsApps(access));
  if (withoutApp !== undefined) return nothing(document, [{ ...withoutApp.at, ...NO_APPS }]);
  if (converted.length === 0) {
    const reasons = [...refused, ...unreached];
    return nothing(document, reasons.length > 0 ? reasons : [{ ...document.start, ...NO_OPERATIONS }]);
  }
  converted.push(...headsOfAny(converted, described, api));
  const rows = importedRows(converted, apps);
  return {
    files: openApiTexts(rows, [...refused, ...unreached].sort(byPlace)),
    operations: document.operations.length,
    routes: converted.map(({ route }) => route),
    permissions: rows.named,
    unreached: unreached.sort(byPlace),
    undescribed: (api ?? [])
      .map(({ route }) => route)
      .filter((route) => !isDescribed(route, converted, left)),
    refused: refused.sort(byPlace),
    mayWiden: left.some((route) => converted.some((other) => decides(other.route, route))),
  };
}

/**
 * A gateway gives `HEAD` to `ANY` where there is no route for it, and the policy would decide it as `GET`: a row of its
 * own says what the document says.
 */
function headsOfAny(
  converted: readonly ImportedOperation[],
  described: ReadonlySet<string>,
  api: readonly KnownRoute[] | undefined,
): readonly ImportedOperation[] {
  return converted.flatMap((one): readonly ImportedOperation[] => {
    const [method, path = ""] = one.route.split(" ");
    const [get, head] = [`GET ${path}`, `HEAD ${path}`];
    const hasGet = converted.some(({ route }) => shapeOf(route) === shapeOf(get));
    if (method !== "ANY" || !hasGet || described.has(shapeOf(head))) return [];
    const match: Match = api === undefined ? { kind: "route", route: head } : matchIn(api, head);
    return match.kind === "route" ? [{ ...one, route: match.route }] : [];
  });
}

type ReadOperation = Omit<ImportedOperation, "route"> | { readonly refused: readonly Refusal[] };

function readOperation(
  { at, method, security, permissions }: Operation,
  route: string,
  document: OpenApiDocument,
): ReadOperation {
  const parsed = parsePathRoute(route);
  if ("problem" in parsed) {
    const { message, fix } = parsed.problem;
    return refusal(at, { message: `no route of API Gateway: ${message}`, fix });
  }
  if (method === "TRACE") return refusal(at, NO_TRACE);
  if (security === undefined) return refusal(at, NO_SECURITY);
  const read = accessOf(security, document);
  if ("refused" in read) return read;
  const { access } = read;
  const named = permissions?.names;
  const problem = nameProblem(access) ?? (named && namedProblem(named, access));
  return problem === undefined ? { at, access, named } : refusal(at, problem);
}

function refusal(at: At, problem: Problem): { readonly refused: readonly Refusal[] } {
  return { refused: [{ ...at, ...problem }] };
}

/** Permissions say who may call where the tokens alone do not. */
function namedProblem(names: readonly string[], access: Access): Problem | undefined {
  const wrong = names.find((name) => !isPermission(name));
  if (wrong !== undefined) {
    return {
      message: `\`${wrong}\` is not a permission`,
      fix: "write `resource:action` in letters, digits and `. _ -`",
    };
  }
  if (names.length === 0) {
    return {
      message: "the operation lists no permission, so no one may call it",
      fix: "remove the operation or the empty list",
    };
  }
  const isLimited =
    access.kind === "public" ||
    access.alternatives.some(
      (one) => one.scope !== undefined || (one.kind === "user" && one.group !== undefined),
    );
  if (!isLimited) return undefined;
  return {
    message: "the operation has permissions, and its `security` says otherwise who may call it",
    fix: "write one of the two: a scheme without scopes and roles, or no permissions",
  };
}

/** Names that a row cannot have, or that mean something else in a row. */
function nameProblem(access: Access): Problem | undefined {
  if (access.kind === "public") return undefined;
  for (const one of access.alternatives) {
    const group = one.kind === "user" ? one.group : undefined;
    const scope = one.scope === undefined ? undefined : (`scope:${one.scope}` as const);
    for (const subject of [group === undefined ? undefined : (`group:${group}` as const), scope]) {
      if (subject === undefined) continue;
      const name = subject.slice(subject.indexOf(":") + 1);
      const why = /^scope:|[(){}",#*]/.test(name)
        ? "a row cannot have this name"
        : subjectNameProblem(subject);
      if (why !== undefined) {
        return { message: `\`${name}\` cannot be \`${subject}\`: ${why}`, fix: "rename it in the document" };
      }
    }
  }
  return undefined;
}

/** Only `p3` rows make the scopes of users count, and they are of single apps. */
function needsApps(access: Access): boolean {
  return (
    access.kind === "tokens" &&
    access.alternatives.some(({ kind, scope }) => kind === "user" && scope !== undefined)
  );
}

/** Whether a request of a route would be decided by the row of another one, if it had none of its own. */
function decides(other: string, route: string): boolean {
  const [general, own] = [parsePathRoute(other), parsePathRoute(route)];
  if (!("route" in general && "route" in own)) return false;
  const { method } = general.route;
  const isMethod =
    method === "ANY" || method === own.route.method || (method === "GET" && own.route.method === "HEAD");
  return isMethod && covers(general.route.segments, own.route.segments);
}

function nothing({ operations }: OpenApiDocument, refused: readonly Refusal[]): OpenApiConversion {
  return {
    files: [],
    operations: operations.length,
    routes: [],
    permissions: [],
    unreached: [],
    undescribed: [],
    refused: [...refused].sort(byPlace),
    mayWiden: false,
  };
}

/** Whether the document says something of requests that reach the route. */
function isDescribed(
  route: string,
  converted: readonly ImportedOperation[],
  left: readonly string[],
): boolean {
  const others = [...converted.map((one) => one.route), ...left];
  return (
    route.startsWith("$") ||
    route.endsWith("+}") ||
    others.some((one) => matchIn([{ route }], one).kind === "route")
  );
}

function misfit(route: string, reached: string): Problem {
  return {
    message: `the API has no route \`${route}\`: such a request reaches \`${reached}\`, which decides for other paths too`,
    fix: "add the route to serverless.yml, or remove the operation",
  };
}

function twinOf(route: string): Problem {
  return {
    message: `\`${route}\` differs from an operation above only in the names of parameters`,
    fix: "remove one of the two: a gateway cannot tell them apart",
  };
}

function notInApi(route: string): Problem {
  return {
    message: `the API has no route \`${route}\`, so no request meets the operation`,
    fix: "add the route to serverless.yml, or correct the path or `--base-path`",
  };
}

const NO_TRACE: Problem = {
  message: "API Gateway has no routes for `TRACE`",
  fix: "remove the operation",
};

const NO_SECURITY: Problem = {
  message: "neither the operation nor the document has `security`",
  fix: "write `security: []` if anyone may call it, otherwise its requirements",
};

const NO_APPS: Problem = {
  message: "the operation needs a scope of a user's token, and scopes count for each app by its own row",
  fix: "name the app clients of your users: `--apps web,mobile`",
};

const NO_OPERATIONS: Problem = {
  message: "the document has no operation",
  fix: "give the document that describes your API",
};
