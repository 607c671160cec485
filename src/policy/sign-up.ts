import type { DeterminingRow } from "./decision.ts";
import { parseAddress, patternsOf } from "./email.ts";
import { rowsWithPattern } from "./pattern-index.ts";
import type { AddressPolicy } from "./policy.ts";
import type { Effect } from "./row.ts";
import { describeRow } from "./row-description.ts";

/** Whether a user with this address may sign up, and the determining rows. */
export interface AddressVerdict {
  readonly effect: Effect;
  /** Empty if no row matched or the address is malformed: both are a deny. */
  readonly determining: readonly DeterminingRow[];
}

/** Decides by the `p2` rows: allowed if some matching row allows and none denies. A malformed address is denied. */
export function mayClaimAddress(policy: Pick<AddressPolicy, "signUpRows">, email: string): AddressVerdict {
  const address = parseAddress(email);
  if (address === undefined) return { effect: "deny", determining: [] };
  const matching = rowsWithPattern(policy.signUpRows, patternsOf(address));
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
  if (address === undefined) return [];
  const rows = rowsWithPattern(policy.landingRows, patternsOf(address));
  return [...new Set(rows.map((row) => row.group))].sort();
}

/** The domain of an address, in lower case; undefined if the address is malformed. */
export function domainOf(email: string): string | undefined {
  return parseAddress(email)?.domain;
}
