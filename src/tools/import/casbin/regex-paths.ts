import type { Segment } from "../../../policy/route.ts";
import type { Template } from "../templates.ts";

/** Whether the expression says where the path begins and ends. */
export function isAnchored(expression: string): boolean {
  return expression.startsWith("^") && expression.endsWith("$");
}

/** Characters that mean themselves, as they are or behind a backslash. */
const LITERAL = /^(?!\\?[:])(?:[A-Za-z0-9_~:-]|\\[.~_:-])+$/;

/**
 * The canonical paths that an expression of whole segments matches: `^/orders/[^/]+$`, `^/orders/.*$`,
 * `^/orders(/.*)?$`. Undefined for any other.
 */
export function regexPaths(expression: string): readonly Template[] | undefined {
  if (!isAnchored(expression)) return undefined;
  const whole = expression.slice(1, -1).replaceAll("\\/", "/");
  const optional = OPTIONAL_REST.find((end) => whole.endsWith(end));
  if (optional !== undefined) {
    const base = templateOf(whole.slice(0, -optional.length));
    return base === undefined || base.at(-1)?.kind === "greedy" ? undefined : [base, [...base, GREEDY]];
  }
  if (whole === "/.*") return [[], [GREEDY]];
  const template = whole === "/" ? [] : templateOf(whole);
  return template && [template];
}

/** Ends of an expression that also matches all paths below. */
const OPTIONAL_REST = ["(/.*)?", "(/.+)?", "(?:/.*)?", "(?:/.+)?"];

const GREEDY: Segment = { kind: "greedy", name: "proxy" };

/** A canonical path has no empty segment, so that `.*` behind a slash is at least one segment. */
function templateOf(text: string): Template | undefined {
  if (!text.startsWith("/")) return undefined;
  // The slash of `[^/]+` ends no segment.
  const parts = text.slice(1).split(/\/(?!\]\+)/);
  const template = parts.map((part, index): Segment | undefined => {
    if (part === "[^/]+") return { kind: "parameter", name: "id" };
    if ((part === ".*" || part === ".+") && index === parts.length - 1) return GREEDY;
    const literal = part.replaceAll("\\", "");
    return LITERAL.test(part) && literal !== "." && literal !== ".."
      ? { kind: "literal", text: literal }
      : undefined;
  });
  return template.every((segment) => segment !== undefined) ? template : undefined;
}
