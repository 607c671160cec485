import { lowerAscii } from "./ascii.ts";

/** An address split at its `@`; both parts are ASCII in lower case. */
export interface Address {
  readonly local: string;
  readonly domain: string;
}

const DOMAIN =
  /^(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/**
 * A dot-atom (RFC 5322 section 3.2.3) of at most 64 characters (RFC 5321 section 4.5.3.1.1), without anything that
 * gives an address a second meaning:
 *
 * - no quotation marks, comments or source routes, and nothing but ASCII: `"a"@x` and `a(b)@x` are `a@x` to a mail
 *   server, and a pool may take them for other addresses;
 * - no `%` and `!`, which some servers read as a route to another host (RFC 5321 section 3.6.1 and appendix C), and no
 *   `=?`, which begins an encoded word: mail to such an address may go to another domain;
 * - no `*`, which a row cannot express.
 */
const LOCAL = /^(?=.{1,64}$)(?!.*=\?)[\w#$&'+/=?^`{|}~-]+(\.[\w#$&'+/=?^`{|}~-]+)*$/;

/**
 * Splits an address at the last `@`. Undefined for an address with more than one meaning or, apart from the case of its
 * letters, more than one spelling. The domain is ASCII (internationalised names as punycode) and compared in lower case
 * (RFC 5321 section 2.4); so is the local part, since the user pool is case-insensitive.
 */
export function parseAddress(text: string): Address | undefined {
  const at = text.lastIndexOf("@");
  // Tested before case folding, which turns some non-ASCII letters into ASCII ones.
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || !LOCAL.test(local) || !DOMAIN.test(domain)) return undefined;
  return { local: lowerAscii(local), domain: lowerAscii(domain) };
}

/** Whether two strings are the same address; false if either is not an address. */
export function sameAddress(a: string, b: string): boolean {
  const [first, second] = [parseAddress(a), parseAddress(b)];
  if (first === undefined || second === undefined) return false;
  return first.local === second.local && first.domain === second.domain;
}

/** The pattern of a `p2` or `g3` row that is about addresses; `*` is every address. */
export type AddressPattern =
  | { readonly kind: "everyone" }
  /** `*@example.com`: any local part at exactly this domain. */
  | { readonly kind: "domain"; readonly domain: string }
  /** `*@*.example.com`: any local part at any domain below this one, at any depth; not at the domain itself. */
  | { readonly kind: "subdomains"; readonly domain: string }
  | { readonly kind: "address"; readonly address: Address };

const BELOW = "*@*.";

/** `*@domain`, `*@*.domain`, a whole address or `*`; undefined for anything else. */
export function parseAddressPattern(text: string): AddressPattern | undefined {
  if (text === "*") return { kind: "everyone" };
  if (text.startsWith(BELOW)) {
    const domain = text.slice(BELOW.length);
    // With a label in front, since `*@*.com` is a pattern and `com` is the domain of no address.
    return DOMAIN.test(`a.${domain}`) ? { kind: "subdomains", domain: lowerAscii(domain) } : undefined;
  }
  if (text.startsWith("*@")) {
    const domain = text.slice(2);
    return DOMAIN.test(domain) ? { kind: "domain", domain: lowerAscii(domain) } : undefined;
  }
  const address = parseAddress(text);
  return address === undefined ? undefined : { kind: "address", address };
}

/**
 * Every pattern that matches the address, in lower case. A pattern has one spelling apart from its case, so a row
 * matches if its pattern in lower case is one of these.
 */
export function patternsOf({ local, domain }: Address): readonly string[] {
  return [`${local}@${domain}`, ...patternsOfDomain(domain)];
}

/** Every pattern that matches all addresses at the domain, the narrowest first. */
export function patternsOfDomain(domain: string): readonly string[] {
  return [`*@${domain}`, ...patternsAbove(domain)];
}

/** Every pattern that matches all addresses at all domains below this one, the narrowest first. */
export function patternsBelow(domain: string): readonly string[] {
  return [`${BELOW}${domain}`, ...patternsAbove(domain)];
}

function patternsAbove(domain: string): readonly string[] {
  const labels = domain.split(".");
  return [...labels.slice(1).map((_, index) => `${BELOW}${labels.slice(index + 1).join(".")}`), "*"];
}
