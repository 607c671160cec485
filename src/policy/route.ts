/** A parsed route of an HTTP or REST API. */
export interface PathRoute {
  readonly method: string;
  readonly segments: readonly Segment[];
}

export type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "greedy"; readonly name: string };

/** Why a string is not a route, and the fix. */
export interface RouteProblem {
  /** Offset into the string, from 0. */
  readonly offset: number;
  readonly message: string;
  readonly fix: string;
}

export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"] as const;

// Far above API Gateway's own limit.
const LONGEST = 1_024;
const LITERAL = /^(?!:)[A-Za-z0-9._~:-]+$/;
const PARAMETER = /^\{([A-Za-z0-9._-]+)(\+?)\}$/;
const OF_GATEWAY = /^\$(default|connect|disconnect)$/;
const FIELD = /^(Query|Mutation|Subscription)\.[_A-Za-z][_0-9A-Za-z]*$/;
/**
 * The characters and the length that MCP allows for the name of a tool
 * (https://modelcontextprotocol.io/specification/2025-11-25/server/tools, "Tool Names").
 */
const TOOL = /^Tool\.[A-Za-z0-9_.-]{1,128}$/;

/** Routes without a path: `$default`, `$connect`, `$disconnect`, AppSync fields, and tools of MCP servers. */
export function isSpecialRoute(text: string): boolean {
  return OF_GATEWAY.test(text) || isFieldRoute(text) || isToolRoute(text);
}

/** Root fields of a GraphQL schema, such as `Query.orders`. */
export function isFieldRoute(text: string): boolean {
  return FIELD.test(text);
}

/** Tools of an MCP server, such as `Tool.refundOrder`. Their parameters are the arguments of a call, of any name. */
export function isToolRoute(text: string): boolean {
  return TOOL.test(text);
}

/**
 * The methods whose rows decide a request of this method; the first that is declared decides: its own, then `ANY`.
 * Every framework answers `HEAD` as it answers `GET` (RFC 9110 section 9.3.2), so without a row of its own `HEAD` is
 * decided as `GET`, and never by something coarser.
 */
export function decidingMethods(method: string): readonly string[] {
  return method === "HEAD" ? HEAD_METHODS : [method, "ANY"];
}

const HEAD_METHODS = ["HEAD", "GET", "ANY"];

/** Splits a template or a canonical path into its segments; the root path has none. */
function splitPath(path: string): readonly string[] {
  return path === "/" ? [] : path.slice(1).split("/");
}

/** Parses the segments of a route template such as `/orders/{orderId}`. Undefined for an invalid template. */
export function parseTemplate(template: string): readonly Segment[] | undefined {
  if (!template.startsWith("/")) return undefined;
  const segments = splitPath(template).map(parseSegment);
  return segments.every((segment) => segment !== undefined) ? segments : undefined;
}

function parseSegment(text: string): Segment | undefined {
  if (LITERAL.test(text) && text !== "." && text !== "..") return { kind: "literal", text };
  const [, name, plus] = PARAMETER.exec(text) ?? [];
  if (name === undefined) return undefined;
  return plus === "+" ? { kind: "greedy", name } : { kind: "parameter", name };
}

/** Parses `METHOD /path/{parameter}`. Special routes are not parsed here. */
export function parsePathRoute(text: string): { route: PathRoute } | { problem: RouteProblem } {
  if (text.length > LONGEST) {
    return {
      problem: { offset: 0, message: `the route is longer than ${LONGEST} characters`, fix: "shorten it" },
    };
  }
  const [, method, template] = /^(\S+) (\/\S*)$/.exec(text) ?? [];
  if (method === undefined || template === undefined) return { problem: shapeProblem(text) };
  if (!METHODS.some((known) => known === method)) return { problem: methodProblem(method) };
  const offset = method.length + 1;
  const segments: Segment[] = [];
  const names = new Set<string>();
  let at = offset + 1;
  const parts = splitPath(template);
  for (const [index, part] of parts.entries()) {
    const segment = parseSegment(part);
    if (segment === undefined) return { problem: { offset: at, ...segmentProblem(part) } };
    if (segment.kind === "greedy" && index < parts.length - 1) {
      const message = `the greedy parameter \`${part}\` is not the last segment`;
      return { problem: { offset: at, message, fix: `use \`{${segment.name}}\`, or end the route here` } };
    }
    if (segment.kind !== "literal") {
      if (names.has(segment.name)) {
        const message = `the parameter \`{${segment.name}}\` appears twice in the route`;
        return { problem: { offset: at, message, fix: "give each parameter its own name" } };
      }
      names.add(segment.name);
    }
    segments.push(segment);
    at += part.length + 1;
  }
  return { route: { method, segments } };
}

function shapeProblem(text: string): RouteProblem {
  const message = `\`${text}\` is not a route`;
  if (/^tool\./i.test(text)) {
    return { offset: 0, message, fix: "write `Tool.NAME`, with 1 to 128 letters, digits and `_ - .`" };
  }
  const fix = text.startsWith("/")
    ? `put the method before it, as in \`GET ${text}\``
    : "spell the route as API Gateway does, e.g. `GET /orders/{orderId}`";
  return { offset: 0, message, fix };
}

function methodProblem(method: string): RouteProblem {
  return {
    offset: 0,
    message: `\`${method}\` is not a method of a route`,
    fix: `use one of ${METHODS.join(", ")}, with one row for each method`,
  };
}

/** The route with its method in upper case and `{name}` for `:name`; undefined if that is not a route either. */
export function likelyRoute(text: string): string | undefined {
  const [, method = "", template = ""] = /^([A-Za-z]+) (\/\S*)$/.exec(text) ?? [];
  const meant = `${method.toUpperCase()} ${template.replace(/\/:([A-Za-z0-9._-]+)(?=\/|$)/g, "/{$1}")}`;
  return "route" in parsePathRoute(meant) ? meant : undefined;
}

function segmentProblem(part: string): { message: string; fix: string } {
  if (part === "") {
    return { message: "the path has an empty segment", fix: "remove the double or trailing slash" };
  }
  if (/^:[A-Za-z0-9._-]+$/.test(part)) {
    return {
      message: `\`${part}\` is not the syntax of a parameter`,
      fix: "write the parameter as `{name}`",
    };
  }
  if (part.includes("*")) {
    return {
      message: `\`${part}\` contains a wildcard, which a route cannot have`,
      fix: "write `{name}` for one segment or `{name+}` for all that follow",
    };
  }
  return {
    message: `\`${part}\` is not a path segment`,
    fix: "use letters, digits and `. _ ~ : -`, or `{name}` for a parameter",
  };
}
