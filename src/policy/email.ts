/** An address split at its last `@`, both parts in lower case. */
export interface Address {
  readonly local: string;
  readonly domain: string;
}

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LOCAL = /^[^\s@\p{C}]{1,64}$/u;

/**
 * Splits an address at the last `@`. The domain must be ASCII (internationalised names as punycode) and is
 * compared in lower case (RFC 5321 section 2.4); so is the local part, since the user pool is
 * case-insensitive. Undefined for what is not an address.
 */
export function parseAddress(text: string): Address | undefined {
  const at = text.lastIndexOf("@");
  if (at < 1) return undefined;
  const local = text.slice(0, at).toLowerCase();
  const domain = text.slice(at + 1).toLowerCase();
  return LOCAL.test(local) && DOMAIN.test(domain) ? { local, domain } : undefined;
}

/** What a `p2` or `g3` row names: any local part at a domain, one address, or (`*`) every address. */
export type AddressPattern =
  | { readonly kind: "everyone" }
  | { readonly kind: "domain"; readonly domain: string }
  | { readonly kind: "address"; readonly address: Address };

/** `*@domain`, a whole address or `*`; undefined for anything else. */
export function parseAddressPattern(text: string): AddressPattern | undefined {
  if (text === "*") return { kind: "everyone" };
  if (text.startsWith("*@")) {
    const domain = text.slice(2).toLowerCase();
    return DOMAIN.test(domain) ? { kind: "domain", domain } : undefined;
  }
  if (text.includes("*")) return undefined;
  const address = parseAddress(text);
  return address === undefined ? undefined : { kind: "address", address };
}

/** Whether the pattern, spelled as in a row, speaks of the address. A malformed pattern speaks of none. */
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
