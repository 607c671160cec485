import type { AddressPolicy } from "../policy/policy.ts";
import { groupsForAddress, groupsForPhone } from "../policy/sign-up.ts";
import { ownName } from "../policy/subject.ts";
import { MARKER_ATTRIBUTE } from "./directory.ts";
import type { UserAttributes } from "./events.ts";
import { linkedProviders } from "./identities.ts";
import { type Claims, claimsOf, judgeClaims } from "./judge-claims.ts";
import { attributeOf } from "./read-event.ts";
import { parseFederatedName, type TrustedProviders, trusts } from "./trusted-providers.ts";

/** The facts about a user that decide on groups. */
export interface Profile {
  readonly userPoolId: string;
  readonly userName: string;
  readonly attributes: UserAttributes | null | undefined;
  /** The user's status, if it is not among the attributes. */
  readonly status?: string | undefined;
  /** The user's groups, automatic ones included. */
  readonly groups: readonly string[];
  /** What subjects of the pool begin with, where there are several pools. */
  readonly poolAlias?: string | undefined;
}

export type NotAssignable =
  | "already_assigned"
  | "address_missing"
  | "address_malformed"
  | "phone_malformed"
  | "address_unverified"
  | "address_denied"
  | "provider_untrusted";

export type Assignable =
  | { readonly groups: readonly string[]; readonly because?: undefined }
  | { readonly groups?: undefined; readonly because: NotAssignable };

/**
 * The groups that the `g3` rows give to a user: only once, only for a proven address or phone number, only if no `p2`
 * row denies either, and only if every identity provider that may have written the address is trusted for it.
 *
 * @throws ClaimgateError `trigger_event_malformed` if an attribute is not a string
 */
export function assignableGroups(
  policy: AddressPolicy,
  providers: TrustedProviders,
  profile: Profile,
): Assignable {
  const { attributes } = profile;
  if (attributeOf(attributes, MARKER_ATTRIBUTE) !== undefined) return { because: "already_assigned" };
  const writers = identityProviders(providers, profile);
  // No provider is trusted for phone numbers.
  const { email, phone } = claimsOf(attributes);
  const claims: Claims = { email, phone: writers.length > 0 && email === undefined ? undefined : phone };
  const { domain, problem, unnamed } = judgeClaims(policy, claims);
  if (problem === "address_malformed" || problem === "phone_malformed") return { because: problem };
  if (claims.email === undefined && claims.phone === undefined) return { because: "address_missing" };
  const isProven = (name: string) => attributeOf(attributes, name) === "true";
  const proven: Claims = {
    email: isProven("email_verified") ? claims.email : undefined,
    phone: isProven("phone_number_verified") && writers.length === 0 ? claims.phone : undefined,
  };
  if (proven.email === undefined && proven.phone === undefined) return { because: "address_unverified" };
  if (problem !== undefined && !unnamed) return { because: "address_denied" };
  if (
    !writers.every((name) => name !== undefined && domain !== undefined && trusts(providers, name, domain))
  ) {
    return { because: "provider_untrusted" };
  }
  const groups = landingGroups(policy, proven);
  // Groups are given once, so a user who gets none yet waits for the proof of the rest.
  if (groups.length === 0 && writers.length === 0 && awaitsProof(policy, claims, proven)) {
    return { because: "address_unverified" };
  }
  // This user cannot be added to a group of another pool.
  return { groups: groups.flatMap((name) => ownName(profile.poolAlias, name) ?? []) };
}

function landingGroups(policy: AddressPolicy, { email, phone }: Claims): readonly string[] {
  const byAddress = email === undefined ? [] : groupsForAddress(policy, email);
  const byPhone = phone === undefined ? [] : groupsForPhone(policy, phone);
  return [...new Set([...byAddress, ...byPhone])].sort();
}

/** An address can still be changed before it is proven, so any counts; a number counts if a row gives it a group. */
function awaitsProof(policy: AddressPolicy, claims: Claims, proven: Claims): boolean {
  if (claims.email !== proven.email) return true;
  return claims.phone !== undefined && groupsForPhone(policy, claims.phone).length > 0;
}

/**
 * The providers that may have written the user's attributes; empty for a native user. Undefined means an unknown
 * provider, which is trusted for nothing. Every sign counts, since AWS promises none of them in every event, and more
 * signs only make it stricter.
 */
function identityProviders(providers: TrustedProviders, profile: Profile): readonly (string | undefined)[] {
  const linked = linkedProviders(attributeOf(profile.attributes, "identities"));
  const signs = [
    ...providerInName(providers, profile.userName, linked),
    ...linked,
    ...profile.groups
      .filter((group) => isAutomaticGroup(profile.userPoolId, group))
      .map((group) => group.slice(profile.userPoolId.length + 1)),
  ];
  const status = profile.status ?? attributeOf(profile.attributes, "cognito:user_status");
  return signs.length === 0 && status === "EXTERNAL_PROVIDER" ? [undefined] : signs;
}

function providerInName(
  providers: TrustedProviders,
  userName: string,
  linked: readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const name = parseFederatedName(providers, userName);
  if (name === undefined) return [];
  if (name !== "ambiguous") return [name.provider];
  // A user name may be any string that the user chose, or that of one of the linked providers.
  const told = linked.filter(
    (provider) => typeof parseFederatedName(providers, userName, [provider]) === "object",
  );
  return told.length === 1 ? told : [undefined];
}

/**
 * Whether Cognito created the group: every identity provider has one, `<userPoolId>_<Provider>`, that contains its
 * users. In a token it is a group like any other: rows may name it.
 */
export function isAutomaticGroup(userPoolId: string, group: string): boolean {
  return group.startsWith(`${userPoolId}_`);
}
