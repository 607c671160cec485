import type { MatchedRoute } from "../policy/route-table.ts";
import { property } from "./event-shape.ts";

/**
 * The custom domains of the APIs, in lower case, by `requestContext.domainName`: `api.example.com`, or `*.example.com`
 * for one more label. Never by the `Host` header, which the client controls.
 */
export type CustomDomains = ReadonlyMap<string, readonly DomainMapping[]>;

/** The prefix that one mapping of a custom domain adds to the path. */
export interface DomainMapping {
  /** Without leading and trailing slashes: `v1/shop`; empty for the root of the domain. */
  readonly basePath: string;
  /** The stage that follows the base path in the path; undefined if the mapping removes it. */
  readonly stage: string | undefined;
}

/** A path, and whether it is known to start at the route. */
type Placed = Pick<MatchedRoute, "path" | "unplaced">;

/** Whether the path has the base path: of HTTP APIs, payload 1.0 has it and 2.0 does not (docs/gateways.md). */
type BasePaths = "with-base-path" | "without-base-path";

/**
 * The path of an HTTP API's event below its stage and base path.
 *
 * - A listed domain: by its mapping, unless the ARN contradicts. Of several the longest match, as in API Gateway.
 * - The API's own domain, `API.execute-api.REGION.amazonaws.com`: the path of a named stage begins with the stage.
 * - No domain, as in AWS's example of payload 1.0: the path after the stage of the ARN, if the event's path ends with
 *   it.
 * - Any other: unknown, so the path stays unchanged.
 *
 * @param context the event's `requestContext`
 * @param arnPath the ARN's path after stage and method; undefined if the event has no ARN
 */
export function placeOf(
  { path, context, arnPath }: { path: string; context: unknown; arnPath: string | undefined },
  basePaths: BasePaths,
  domains: CustomDomains = NONE,
): Placed {
  const domain = textIn(context, "domainName")?.toLowerCase();
  const stage = textIn(context, "stage") ?? "";
  const mappings =
    domain === undefined ? undefined : (domains.get(domain) ?? domains.get(wildcardOf(domain)));
  if (mappings !== undefined) {
    const placed = belowMapping(path, stage, basePaths, mappings);
    return contradicts(arnPath, placed) ? { path, unplaced: OTHER_PATH_IN_ARN } : placed;
  }
  if (domain === undefined) return byArn(path, arnPath);
  if (!isOwnDomain(domain, context)) return { path, unplaced: "its custom domain is not listed" };
  if (stage === "$default") return { path };
  const below = belowPrefix(path, `/${stage}`);
  return below === undefined ? { path, unplaced: "the path does not start with its stage" } : { path: below };
}

const NONE: CustomDomains = new Map();

const OTHER_PATH_IN_ARN = "the path of its ARN differs from the path below the listed base path";

/**
 * Whether one of the two paths, the ARN's and the placed one, is the end of the other: one of them then has a base path
 * or a stage that the other lacks, and the list is incomplete. Unrelated paths say nothing about a prefix.
 */
function contradicts(arnPath: string | undefined, { path, unplaced }: Placed): boolean {
  if (arnPath === undefined || arnPath === path || unplaced !== undefined) return false;
  const said = decoded(arnPath);
  if (said === path) return false;
  return [arnPath, said].some((one) => endsWithSegments(path, one) || endsWithSegments(one, path));
}

/** Whether a path ends with another by whole segments. Every path ends with the root. */
function endsWithSegments(path: string, end: string): boolean {
  return end === "/" || path.endsWith(end);
}

/** AWS does not document how HTTP APIs escape an ARN, so both spellings are tried; the path decides between them. */
function byArn(path: string, arnPath: string | undefined): Placed {
  const found =
    arnPath === undefined ? undefined : [arnPath, decoded(arnPath)].find((one) => path.endsWith(one));
  return found === undefined ? { path, unplaced: "the event has no domain" } : { path: found };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const OWN_DOMAIN = /^([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

function isOwnDomain(domain: string, context: unknown): boolean {
  const [, api] = OWN_DOMAIN.exec(domain) ?? [];
  return api !== undefined && api === textIn(context, "apiId")?.toLowerCase();
}

function wildcardOf(domain: string): string {
  return `*${domain.slice(domain.indexOf("."))}`;
}

function belowMapping(
  path: string,
  stage: string,
  basePaths: BasePaths,
  mappings: readonly DomainMapping[],
): Placed {
  const own = mappings.filter((mapping) => mapping.stage === undefined || mapping.stage === stage);
  const prefixes = own.map((mapping) => prefixOf(mapping, basePaths));
  const [prefix] = prefixes
    .filter((one) => belowPrefix(path, one) !== undefined)
    .sort((a, b) => b.length - a.length);
  const below = prefix === undefined ? undefined : belowPrefix(path, prefix);
  if (below === undefined) return { path, unplaced: "the path matches no listed base path of its domain" };
  const chosen = own.filter((_, index) => prefixes[index] === prefix);
  const couldLead = chosen.flatMap((mapping) => [
    ...(mapping.stage === undefined && stage !== "$default" ? [stage] : []),
    ...(basePaths === "without-base-path" && mapping.basePath !== "" ? [mapping.basePath] : []),
  ]);
  // An ambiguous path stays undecided.
  if (couldLead.some((part) => belowPrefix(below, `/${part}`) !== undefined)) {
    return {
      path,
      unplaced:
        "the path starts with a segment that may be its stage or base path, and the list does not tell which",
    };
  }
  return { path: below };
}

function prefixOf({ basePath, stage }: DomainMapping, basePaths: BasePaths): string {
  const parts = [basePaths === "with-base-path" ? basePath : "", stage ?? ""];
  return parts.map((part) => (part === "" ? "" : `/${part}`)).join("");
}

/** The rest after a prefix of whole segments; undefined if the path does not start with it. */
function belowPrefix(path: string, prefix: string): string | undefined {
  if (path === prefix) return "/";
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

function textIn(value: unknown, name: string): string | undefined {
  const found = property(value, name);
  return typeof found === "string" ? found : undefined;
}
