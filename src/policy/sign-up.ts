import type { DeterminingRow } from "./decision.ts";
import { parseAddress, patternsOf } from "./email.ts";
import { rowsWithPattern } from "./pattern-index.ts";
import { isPhoneNumber, phonePatternsCovering } from "./phone.ts";
import type { AddressPolicy } from "./policy.ts";
import type { Effect } from "./row.ts";
import { describeRow } from "./row-description.ts";

/** Whether a user with this address or phone number may sign up, and the determining rows. */
export interface AddressVerdict {
  readonly effect: Effect;
  /** Empty if no row matched or the address is malformed: both are a deny. */
  readonly determining: readonly DeterminingRow[];
}

/** Decides by the `p2` rows: allowed if some matching row allows and none denies. A malformed address is denied. */
export function mayClaimAddress(policy: Pick<AddressPolicy, "signUpRows">, email: string): AddressVerdict {
  const address = parseAddress(email);
  return address === undefined ? MALFORMED : verdictOn(policy, patternsOf(address));
}

/** The same for a phone number in E.164. No pattern of an address matches it, not even `*`. */
export function mayClaimPhone(policy: Pick<AddressPolicy, "signUpRows">, phone: string): AddressVerdict {
  return isPhoneNumber(phone) ? verdictOn(policy, phonePatternsCovering(phone)) : MALFORMED;
}

const MALFORMED: AddressVerdict = { effect: "deny", determining: [] };

function verdictOn(
  { signUpRows }: Pick<AddressPolicy, "signUpRows">,
  patterns: readonly string[],
): AddressVerdict {
  const matching = rowsWithPattern(signUpRows, patterns);
  const denying = matching.filter((row) => row.effect === "deny");
  const determining = (denying.length > 0 ? denying : matching).map((row) => describeRow("p2", row));
  return { effect: denying.length === 0 && matching.length > 0 ? "allow" : "deny", determining };
}

/**
 * The groups that the `g3` rows give to an address, without `group:`, sorted; the union of all matching rows. Callers
 * must pass only a proven address, since these rows grant access.
 */
export function groupsForAddress(
  policy: Pick<AddressPolicy, "landingRows">,
  email: string,
): readonly string[] {
  const address = parseAddress(email);
  return address === undefined ? [] : groupsWith(policy, patternsOf(address));
}

/** The same for a phone number: only for one that the user has proven. */
export function groupsForPhone(policy: Pick<AddressPolicy, "landingRows">, phone: string): readonly string[] {
  return isPhoneNumber(phone) ? groupsWith(policy, phonePatternsCovering(phone)) : [];
}

function groupsWith(
  { landingRows }: Pick<AddressPolicy, "landingRows">,
  patterns: readonly string[],
): readonly string[] {
  return [...new Set(rowsWithPattern(landingRows, patterns).map((row) => row.group))].sort();
}

/** The domain of an address, in lower case; undefined if the address is malformed. */
export function domainOf(email: string): string | undefined {
  return parseAddress(email)?.domain;
}
