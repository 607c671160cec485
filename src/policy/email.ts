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

/** The pattern of a `p2` or `g3` row: any local part at a domain, one address, or (`*`) every address. */
export type AddressPattern =
  | { readonly kind: "everyone" }
  | { readonly kind: "domain"; readonly domain: string }
  | { readonly kind: "address"; readonly address: Address };

/** `*@domain`, a whole address or `*`; undefined for anything else. */
export function parseAddressPattern(text: string): AddressPattern | undefined {
  if (text === "*") return { kind: "everyone" };
  if (text.startsWith("*@")) {
    const domain = text.slice(2);
    return DOMAIN.test(domain) ? { kind: "domain", domain: lowerAscii(domain) } : undefined;
  }
  const address = parseAddress(text);
  return address === undefined ? undefined : { kind: "address", address };
}

/** Whether the pattern, spelled as in a row, matches the address. A malformed pattern matches none. */
export function addressMatches(address: Address, patternText: string): boolean {
  const pattern = parseAddressPattern(patternText);
  switch (pattern?.kind) {
    case undefined:
      return false;
    case "everyone":
      return true;
    case "domain":
      return pattern.domain === address.domain;
    case "address":
      return pattern.address.domain === address.domain && pattern.address.local === address.local;
  }
}
