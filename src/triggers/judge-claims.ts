import type { DeterminingRow } from "../policy/decision.ts";
import { isPhoneNumber } from "../policy/phone.ts";
import type { AddressPolicy } from "../policy/policy.ts";
import {
  type AddressVerdict,
  domainOf,
  groupsForAddress,
  groupsForPhone,
  mayClaimAddress,
  mayClaimPhone,
} from "../policy/sign-up.ts";
import type { UserAttributes } from "./events.ts";
import { attributeOf } from "./read-event.ts";

/** What a user says to be reachable by. */
export interface Claims {
  readonly email: string | undefined;
  readonly phone: string | undefined;
}

/** @throws ClaimgateError `trigger_event_malformed` if an attribute is not a string */
export function claimsOf(attributes: UserAttributes | null | undefined): Claims {
  return { email: attributeOf(attributes, "email"), phone: attributeOf(attributes, "phone_number") };
}

/** Why the `p2` rows do not let somebody sign up with these claims. */
export type ClaimProblem =
  | "address_missing"
  | "address_malformed"
  | "address_not_allowed"
  | "phone_malformed"
  | "phone_not_allowed";

export interface JudgedClaims {
  /** The domain of the address, the only part of the claims that a log may contain. */
  readonly domain: string | undefined;
  /** The determining `p2` rows. */
  readonly determining: readonly DeterminingRow[];
  /** Undefined if a row allows the claims and none denies any. */
  readonly problem: ClaimProblem | undefined;
  /** Whether the problem is only that no row allows: an administrator may create the user. */
  readonly unnamed: boolean;
}

/**
 * What the `p2` rows say of an address and a phone number: none of the two may be denied or malformed, and the address
 * must be allowed. The number must be allowed only where there is no address: many users have one for codes alone.
 */
export function judgeClaims(policy: AddressPolicy, { email, phone }: Claims): JudgedClaims {
  const domain = email === undefined ? undefined : domainOf(email);
  const problem = (
    problem: ClaimProblem,
    { determining = [], unnamed = false }: Partial<JudgedClaims> = {},
  ): JudgedClaims => ({ domain, determining, problem, unnamed });
  if (email !== undefined && domain === undefined) return problem("address_malformed");
  if (phone !== undefined && !isPhoneNumber(phone)) return problem("phone_malformed");
  const byAddress = email === undefined ? undefined : mayClaimAddress(policy, email);
  if (denies(byAddress)) return problem("address_not_allowed", byAddress);
  const byPhone = phone === undefined ? undefined : mayClaimPhone(policy, phone);
  if (denies(byPhone)) return problem("phone_not_allowed", byPhone);
  const decisive = byAddress ?? byPhone;
  if (decisive === undefined) return problem("address_missing", { unnamed: true });
  if (decisive.effect === "allow") {
    return { domain, determining: decisive.determining, problem: undefined, unnamed: false };
  }
  return problem(byAddress === undefined ? "phone_not_allowed" : "address_not_allowed", { unnamed: true });
}

/** Whether a row denies it; without a matching row nothing allows it, either. */
function denies(verdict: AddressVerdict | undefined): boolean {
  return verdict?.effect === "deny" && verdict.determining.length > 0;
}

/** Whether a `g3` row gives a group to one of the claims, once it is proven. */
export function landsSomewhere(policy: AddressPolicy, { email, phone }: Claims): boolean {
  const byAddress = email === undefined ? [] : groupsForAddress(policy, email);
  const byPhone = phone === undefined ? [] : groupsForPhone(policy, phone);
  return byAddress.length + byPhone.length > 0;
}
