// Finds what a log must not contain: tokens and e-mail addresses, anywhere in a string. Input comes from outside, so
// every function here reads each character a bounded number of times, and no regular expression below can backtrack.

/** The length of a base64url run that only a token, a signature or another secret has. */
const LONGEST_NAME = 80;

/** Three parts of at least this many base64url characters are a token, regardless of what they decode to. */
const SHORTEST_PART = 20;

/** The shortest run of base64url characters and dots that can be a token without starting with `eyJ`. */
const SHORTEST_RUN = 3 * SHORTEST_PART + 2;

/** What the log shows instead. */
export const MARKERS = ["[address]", "[token]", "[secret]"];

const ENCODED_AT = /%(?:25)*40/g;
/** Credentials have more than lower-case letters; an English word after `basic` does not. */
const WITH_SCHEME =
  /\b([Bb]earer|BEARER|[Bb]asic|BASIC)((?:\s|%20|\+)+)(?=[a-z]*[^a-z\s"'&,;])[^\s"'&,;]{8,}/g;
const NAMED_SECRET =
  /\b(code|(?:access|id|refresh)_token|token|client_secret|secret|password|SAMLResponse)(=|%3D)[^\s"'&,;]+/gi;

/**
 * The string with `[address]`, `[token]` and `[secret]` in place of anything that looks like one:
 *
 * - an address: what surrounds an `@`, percent-encoded or not, up to a space, a slash or another separator. `*@domain`
 *   is a pattern of the policy, not an address;
 * - a token: three base64url parts, anything that begins like the header or the payload of a JWT, complete or not, and
 *   whatever follows `Bearer` or `Basic`;
 * - a secret: the value of a query parameter that carries one, such as `code=`.
 */
export function scrub(text: string): string {
  if (!mayBeSensitive(text)) return text;
  const scrubbed = text
    .replace(WITH_SCHEME, "$1$2[token]")
    .replace(NAMED_SECRET, "$1$2[secret]")
    .replace(/([%\\]?)([\w.-]+)/g, (all, mark: string, run: string) =>
      isToken(run) || (mark !== "" && BEHIND_ESCAPE.test(run)) ? `${mark}[token]` : all,
    );
  return withoutAddresses(scrubbed);
}

/** Whether the string contains something that a log must not. */
export function isSensitive(text: string): boolean {
  return mayBeSensitive(text) && scrub(text) !== text;
}

/** A quick test that is false only if `scrub` has nothing to do, as for nearly every string. */
export function mayBeSensitive(text: string): boolean {
  return (
    text.includes("@") ||
    text.includes("%") ||
    // Only named secrets contain it; this service's own log lines do not.
    text.includes("=") ||
    // Searches for a letter that is rare in log lines, since the search stops at each occurrence of its first
    // character.
    text.includes("yJ") ||
    SCHEMES.some((scheme) => text.includes(scheme)) ||
    hasRun(text, SHORTEST_RUN)
  );
}

/** The starts of `bearer` and `basic`. */
const SCHEMES = ["Bear", "bear", "BEAR", "Basi", "basi", "BASI"];

/**
 * Whether the string has a run of that many base64url characters or dots. Reads only the positions where such a run can
 * end.
 */
function hasRun(text: string, length: number): boolean {
  let start = 0;
  while (start + length <= text.length) {
    let at = start + length - 1;
    while (at >= start && isTokenCharacter(text.charCodeAt(at))) at -= 1;
    if (at < start) return true;
    start = at + 1;
  }
  return false;
}

function isTokenCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 45 && code <= 57 && code !== 47) ||
    code === 95
  );
}

/** The rest of an escape (`%22`, `%2522`, `\\u0022`, `\\n`) and the token after it. */
const BEHIND_ESCAPE = /^(?:(?:25)*[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[a-z])eyJ[\w-]{5}/;

/** @param run base64url characters and dots */
function isToken(run: string): boolean {
  // `eyJ` at the start of a part is `{"` in base64url; within a word it is a coincidence.
  if (/(?:^|[._-])eyJ[\w-]{5}/.test(run)) return true;
  if (run.length < SHORTEST_RUN) return false;
  const parts = run.split(".").map((part) => part.length);
  return (
    parts.some((part) => part >= LONGEST_NAME) ||
    parts.some((_, at) => parts.slice(at, at + 3).filter((part) => part >= SHORTEST_PART).length === 3)
  );
}

function withoutAddresses(text: string): string {
  if (!text.includes("@") && !text.includes("%")) return text;
  let scrubbed = "";
  let done = 0;
  // No character is read again for a later `@`.
  let least = 0;
  for (const { index: from, 0: sign } of text.matchAll(AT)) {
    if (from < done) continue;
    const after = from + sign.length;
    const start = startOfLocal(text, from, least);
    least = after;
    const isPattern = start === from - 1 && text[start] === "*";
    if (start === from || isPattern) continue;
    const end = endOfDomain(text, after);
    // `/@me` is a path; an address after a slash has a full domain.
    if (end === after || (text[from - 1] === "/" && !text.slice(after, end).includes("."))) continue;
    scrubbed += `${text.slice(done, start)}[address]`;
    done = end;
    least = end;
  }
  return scrubbed + text.slice(done);
}

const AT = new RegExp(`@|${ENCODED_AT.source}`, "g");
const SEPARATOR = /[\s@/,;<>()[\]"`{}]/;
/** The same, less the characters of a local part, plus the slash of a path. */
const BEFORE_LOCAL = /[\s@/,;<>()[\]"]/;
/** A quoted local part may contain any character, and has at most 64. */
const LONGEST_QUOTED = 66;

function startOfLocal(text: string, at: number, least: number): number {
  if (text[at - 1] === '"') {
    const quote = text.lastIndexOf('"', at - 2);
    if (quote >= Math.max(least, at - LONGEST_QUOTED)) return quote;
  }
  let start = at;
  // A local part may contain these, but more often they surround an address or precede it.
  while (start > least && text[start - 1] === "/") start -= 1;
  while (start > least && !BEFORE_LOCAL.test(text.charAt(start - 1))) start -= 1;
  let first = start;
  while (first < at && /[`{}]/.test(text.charAt(first))) first += 1;
  return first === at ? start : first;
}

function endOfDomain(text: string, after: number): number {
  let end = after;
  while (end < text.length && !SEPARATOR.test(text.charAt(end))) end += 1;
  return end;
}
