import type { MatchedRoute } from "../policy/route-table.ts";
import { property } from "./event-shape.ts";

/**
 * The custom domains of the APIs, in lower case, by what `requestContext.domainName` says: `api.example.com`, or
 * `*.example.com` for one label more. Never by the `Host` header, which a client writes.
 */
export type CustomDomains = ReadonlyMap<string, readonly DomainMapping[]>;

/** What one mapping of a custom domain puts before the route. */
export interface DomainMapping {
  /** Without slashes at its ends: `v1/shop`; empty for the root of the domain. */
  readonly basePath: string;
  /** The stage that the path has behind the base path; undefined where the mapping leaves it out. */
  readonly stage: string | undefined;
}

/** A path and whether it is known to begin at the route. */
type Placed = Pick<MatchedRoute, "path" | "unplaced">;

/** Whether the path has the base path: of HTTP APIs, payload 1.0 has it and 2.0 does not (docs/gateways.md). */
type BasePaths = "with-base-path" | "without-base-path";

/**
 * The path of an HTTP API's event below its stage and base path.
 *
 * - A listed domain: what its mapping says, unless the ARN contradicts. Of several the longest that fits, as API Gateway
 *   chooses them.
 * - The API's own domain, `API.execute-api.REGION.amazonaws.com`: the path of a named stage begins with the stage.
 * - No domain, as in AWS's example of payload 1.0: what the ARN says behind its stage, if the path ends with it.
 * - Any other: nobody knows, and the path is as it came.
 *
 * @param context the event's `requestContext`
 * @param arnPath behind stage and method; undefined where the event has no ARN
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
  return below === undefined ? { path, unplaced: "the path does not begin with its stage" } : { path: below };
}

const NONE: CustomDomains = new Map();

const OTHER_PATH_IN_ARN = "its ARN names another path than the listed base path leaves";

/**
 * Whether the ARN's path is the end of the placed one or has it for its own end: then one of them has a base path or a
 * stage that the other has not, and the list is not whole. Paths with nothing in common say nothing of a prefix.
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

/** How HTTP APIs spell escapes in an ARN is not documented, so both spellings count; the path decides between them. */
function byArn(path: string, arnPath: string | undefined): Placed {
  const found =
    arnPath === undefined ? undefined : [arnPath, decoded(arnPath)].find((one) => path.endsWith(one));
  return found === undefined ? { path, unplaced: "the event names no domain" } : { path: found };
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
  if (below === undefined) return { path, unplaced: "the path is below no listed base path of its domain" };
  const chosen = own.filter((_, index) => prefixes[index] === prefix);
  const couldLead = chosen.flatMap((mapping) => [
    ...(mapping.stage === undefined && stage !== "$default" ? [stage] : []),
    ...(basePaths === "without-base-path" && mapping.basePath !== "" ? [mapping.basePath] : []),
  ]);
  // A path that can be read in two ways is not read in one of them.
  if (couldLead.some((part) => belowPrefix(below, `/${part}`) !== undefined)) {
    return {
      path,
      unplaced: "the path begins like its stage or base path, and the list leaves open whether it is",
    };
  }
  return { path: below };
}

function prefixOf({ basePath, stage }: DomainMapping, basePaths: BasePaths): string {
  const parts = [basePaths === "with-base-path" ? basePath : "", stage ?? ""];
  return parts.map((part) => (part === "" ? "" : `/${part}`)).join("");
}

/** What follows a prefix of whole segments; undefined where the path does not begin with it. */
function belowPrefix(path: string, prefix: string): string | undefined {
  if (path === prefix) return "/";
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

function textIn(value: unknown, name: string): string | undefined {
  const found = property(value, name);
  return typeof found === "string" ? found : undefined;
}
