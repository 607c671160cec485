import { ClaimgateError } from "../errors.ts";

/** How a gateway delivers a path: as it came over the wire, or decoded once. */
export type PathEncoding = "encoded" | "decoded";

/**
 * The segments of a concrete path, decoded once.
 *
 * Refuses everything that two parsers could read differently, or that is a pattern in an ARN: dot segments, empty
 * segments (`//`, a trailing slash), control characters, `\`, `* ? $ #`, an escape that does not decode or that
 * survives one decoding, a decoded slash.
 * @throws ClaimgateError `request_not_canonical`; its message never repeats the path
 */
export function canonicalSegments(path: string, encoding: PathEncoding): readonly string[] {
  if (!path.startsWith("/")) throw notCanonical("the path does not begin with a slash");
  if (path === "/") return [];
  return path
    .slice(1)
    .split("/")
    .map((segment) =>
      isPlain(segment) ? segment : checkSegment(encoding === "encoded" ? decodeOnce(segment) : segment),
    );
}

/** The error for a request whose path is not canonical. */
export function notCanonical(message: string): ClaimgateError {
  return new ClaimgateError("request_not_canonical", message);
}

function decodeOnce(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new ClaimgateError("request_not_canonical", "the path contains an invalid percent escape", {
      cause,
    });
  }
}

const PLAIN = /^[A-Za-z0-9._~!'()+,;=:@&-]+$/;

/** Nearly every segment: ASCII without an escape and without any of the characters that are refused below. */
function isPlain(segment: string): boolean {
  return PLAIN.test(segment) && segment !== "." && segment !== "..";
}

function checkSegment(segment: string): string {
  if (segment === "") throw notCanonical("the path has an empty segment");
  if (segment === "." || segment === "..") throw notCanonical("the path has a dot segment");
  if (/[/\\]/.test(segment)) throw notCanonical("a path segment contains a slash or a backslash");
  if (/[*?$#]/.test(segment)) throw notCanonical("the path contains one of `* ? $ #`");
  if (/\p{C}/u.test(segment)) throw notCanonical("the path contains a control or invisible character");
  if (/%[0-9A-Fa-f]{2}/.test(segment)) throw notCanonical("the path is escaped twice");
  return segment;
}

/**
 * The value of a path parameter that decisions use: decoded once, in canonical segments. Undefined for an escape that
 * does not decode, a hidden slash or a dot segment: such a value is *unknown* and never compared raw.
 *
 * @param greedy whether the parameter matches several segments, as `{proxy+}` does
 */
export function canonicalParameter(
  value: string,
  encoding: PathEncoding,
  greedy: boolean,
): string | undefined {
  if (isPlain(value)) return value;
  if (!greedy && value.includes("/")) return undefined;
  try {
    return canonicalSegments(`/${value}`, encoding).join("/") || undefined;
  } catch (error) {
    if (error instanceof ClaimgateError) return undefined;
    throw error;
  }
}
