import type { DeterminingRow } from "../policy/decision.ts";
import type { AddressPolicy } from "../policy/policy.ts";
import { domainOf, groupsForAddress, mayClaimAddress } from "../policy/sign-up.ts";
import type { DirectoryProviders } from "./directory-providers.ts";
import type { PreSignUpEvent } from "./events.ts";
import { linkedProviders } from "./identities.ts";
import { attributeOf } from "./read-event.ts";
import {
  type FederatedName,
  parseFederatedName,
  type TrustedProviders,
  trusts,
} from "./trusted-providers.ts";

/** The configuration of the PreSignUp trigger. */
export interface PreSignUpOptions {
  /** Confirms new users without a code, except those whom the policy gives groups. */
  readonly autoConfirm: boolean;
  readonly trustedProviders: TrustedProviders;
  /** Links a first federated sign-in to the native user who has proven the same address. */
  readonly linkFederatedUsers: boolean;
  /** The identity providers that send the groups of their directory; none by default. */
  readonly directories?: DirectoryProviders;
}

/** Why a user may not sign up: for the log, never for the user. */
type RefusalReason =
  | "address_missing"
  | "address_malformed"
  | "address_not_allowed"
  | "directory_attribute"
  | "suspended"
  | "account_disabled"
  | "provider_unknown"
  | "provider_ambiguous"
  | "provider_not_trusted_for_domain";

interface Decided {
  /** The domain of the address, the only part that a log may contain. */
  readonly domain: string | undefined;
  /** The determining `p2` rows. */
  readonly determining: readonly DeterminingRow[];
}

export interface SignUpAllowed extends Decided {
  readonly kind: "allow";
  readonly autoConfirm: boolean;
  /** Auto-confirm is on, but the policy gives this address groups. */
  readonly autoConfirmWithheld: boolean;
  /** Linking is on and the provider is trusted for the address: the caller may search its native user. */
  readonly link: LinkRequest | undefined;
}

export interface SignUpRefused extends Decided {
  readonly kind: "refuse";
  readonly reason: RefusalReason;
}

export interface LinkRequest extends FederatedName {
  readonly email: string;
}

export type SignUpDecision = SignUpAllowed | SignUpRefused;

/**
 * Whether this address may sign up, by the `p2` rows, and for a federated user by the domains that the identity
 * provider is trusted for. docs/triggers.md explains each case.
 *
 * @throws ClaimgateError `trigger_event_malformed` where an attribute is not a string
 */
export function decidePreSignUp(
  policy: AddressPolicy,
  event: PreSignUpEvent,
  options: PreSignUpOptions,
): SignUpDecision {
  const email = attributeOf(event.request.userAttributes, "email");
  switch (event.triggerSource) {
    case "PreSignUp_SignUp":
      return writesDirectory(event, options)
        ? refused("directory_attribute")
        : decideSignUp(policy, email, options);
    case "PreSignUp_AdminCreateUser":
      return decideAdminCreate(policy, email);
    case "PreSignUp_ExternalProvider":
      return decideFederated(policy, email, event, options);
  }
}

/**
 * Whether somebody who signs up sets an attribute that only an identity provider may write. It would count once the
 * account is linked to that provider.
 */
function writesDirectory(
  { request: { userAttributes } }: PreSignUpEvent,
  { directories = new Map() }: PreSignUpOptions,
): boolean {
  return [...directories.values()].some(
    ({ attribute }) => attributeOf(userAttributes, attribute) !== undefined,
  );
}

function decideSignUp(
  policy: AddressPolicy,
  email: string | undefined,
  options: PreSignUpOptions,
): SignUpDecision {
  if (email === undefined) return refused("address_missing");
  const domain = domainOf(email);
  if (domain === undefined) return refused("address_malformed");
  const verdict = mayClaimAddress(policy, email);
  const decided = { domain, determining: verdict.determining };
  if (verdict.effect === "deny") return { kind: "refuse", reason: "address_not_allowed", ...decided };
  // Auto-confirm skips the proof of the address, but `g3` rows require a proven one.
  const lands = groupsForAddress(policy, email).length > 0;
  return {
    kind: "allow",
    autoConfirm: options.autoConfirm && !lands,
    autoConfirmWithheld: options.autoConfirm && lands,
    link: undefined,
    ...decided,
  };
}

/**
 * An administrator may create a user whom no row allows, or without an address, but not one whom a row denies, nor one
 * with a malformed address, which a row might deny.
 */
function decideAdminCreate(policy: AddressPolicy, email: string | undefined): SignUpDecision {
  if (email === undefined) return allowed({ domain: undefined, determining: [] });
  const domain = domainOf(email);
  if (domain === undefined) return refused("address_malformed");
  const verdict = mayClaimAddress(policy, email);
  const decided = { domain, determining: verdict.determining };
  return verdict.effect === "deny" && verdict.determining.length > 0
    ? { kind: "refuse", reason: "address_not_allowed", ...decided }
    : allowed(decided);
}

function decideFederated(
  policy: AddressPolicy,
  email: string | undefined,
  event: PreSignUpEvent,
  options: PreSignUpOptions,
): SignUpDecision {
  if (email === undefined) return refused("address_missing");
  const domain = domainOf(email);
  if (domain === undefined) return refused("address_malformed");
  const linked = linkedProviders(attributeOf(event.request.userAttributes, "identities"));
  const name = parseFederatedName(options.trustedProviders, event.userName, linked);
  if (name === undefined) return refused("provider_unknown", domain);
  if (name === "ambiguous") return refused("provider_ambiguous", domain);
  if (!trusts(options.trustedProviders, name.provider, domain)) {
    return refused("provider_not_trusted_for_domain", domain);
  }
  const { effect, determining } = mayClaimAddress(policy, email);
  if (effect === "deny") return { kind: "refuse", reason: "address_not_allowed", domain, determining };
  const vouched = attributeOf(event.request.userAttributes, "email_verified") === "true";
  const link = options.linkFederatedUsers && vouched ? { ...name, email } : undefined;
  return { ...allowed({ domain, determining }), link };
}

function allowed(decided: Decided): SignUpAllowed {
  return { kind: "allow", autoConfirm: false, autoConfirmWithheld: false, link: undefined, ...decided };
}

function refused(reason: RefusalReason, domain?: string): SignUpRefused {
  return { kind: "refuse", reason, domain, determining: [] };
}
