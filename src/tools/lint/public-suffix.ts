// The one door to the public suffix list (https://publicsuffix.org), which the package contains.
import { getPublicSuffix } from "tldts";

/**
 * Whether the domain is a public suffix such as `com`, `co.uk` or `github.io`: anyone can register a name below it.
 * In ASCII (punycode). A top-level domain that the list does not know is one too.
 */
export function isPublicSuffix(domain: string): boolean {
  return getPublicSuffix(domain, { allowPrivateDomains: true }) === domain;
}
