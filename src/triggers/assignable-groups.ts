import type { AddressPolicy } from "../policy/policy.ts";
import { domainOf, groupsForAddress, mayClaimAddress } from "../policy/sign-up.ts";
import { ownName } from "../policy/subject.ts";
import { MARKER_ATTRIBUTE } from "./directory.ts";
import type { UserAttributes } from "./events.ts";
import { linkedProviders } from "./identities.ts";
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
  | "address_unverified"
  | "address_denied"
  | "provider_untrusted";

export type Assignable =
  | { readonly groups: readonly string[]; readonly because?: undefined }
  | { readonly groups?: undefined; readonly because: NotAssignable };

/**
 * The groups that the `g3` rows give to a user: only once, only for a proven address that no `p2` row denies, and only
 * if every identity provider that may have written it is trusted for it.
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
  const email = attributeOf(attributes, "email");
  if (email === undefined) return { because: "address_missing" };
  const domain = domainOf(email);
  if (domain === undefined) return { because: "address_malformed" };
  if (attributeOf(attributes, "email_verified") !== "true") return { because: "address_unverified" };
  const verdict = mayClaimAddress(policy, email);
  if (verdict.effect === "deny" && verdict.determining.length > 0) return { because: "address_denied" };
  if (
    !identityProviders(providers, profile).every(
      (name) => name !== undefined && trusts(providers, name, domain),
    )
  ) {
    return { because: "provider_untrusted" };
  }
  // This user cannot be added to a group of another pool.
  return {
    groups: groupsForAddress(policy, email).flatMap((name) => ownName(profile.poolAlias, name) ?? []),
  };
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
