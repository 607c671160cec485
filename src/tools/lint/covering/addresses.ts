import { parseAddressPattern, patternsBelow, patternsOf, patternsOfDomain } from "../../../policy/email.ts";
import { isPhonePattern, phonePatternsCovering } from "../../../policy/phone.ts";

/**
 * The patterns of addresses or phone numbers that cover everything that a pattern covers, itself first. Each has one
 * spelling, so they can be compared as strings. Empty for what is not a pattern.
 */
export function addressesCovering(text: string): readonly string[] {
  if (isPhonePattern(text)) return phonePatternsCovering(text);
  const pattern = parseAddressPattern(text);
  switch (pattern?.kind) {
    case undefined:
      return [];
    case "everyone":
      return ["*"];
    case "domain":
      return patternsOfDomain(pattern.domain);
    case "subdomains":
      return patternsBelow(pattern.domain);
    case "address":
      return patternsOf(pattern.address);
  }
}
