import type { DeterminingRow } from "../policy/decision.ts";
import type { AddressPolicy } from "../policy/policy.ts";
import type { DirectoryProviders } from "./directory-providers.ts";
import type { PreSignUpEvent } from "./events.ts";
import { linkedProviders } from "./identities.ts";
import { type ClaimProblem, type Claims, claimsOf, judgeClaims, landsSomewhere } from "./judge-claims.ts";
import { attributeOf } from "./read-event.ts";
import type { SubjectAttributes } from "./subject-attributes.ts";
import {
  type FederatedName,
  parseFederatedName,
  type TrustedProviders,
  trusts,
} from "./trusted-providers.ts";
import { type VerbatimSubject, verbatimSubject } from "./verbatim-subject.ts";

/** The configuration of the PreSignUp trigger. */
export interface PreSignUpOptions {
  /** Confirms new users without a code, except those whom the policy gives groups. */
  readonly autoConfirm: boolean;
  readonly trustedProviders: TrustedProviders;
  /** Links a first federated sign-in to the native user who has proven the same address. */
  readonly linkFederatedUsers: boolean;
  /** The identity providers that send the groups of their directory; none by default. */
  readonly directories?: DirectoryProviders;
  /** Where a provider's id of a user is as the provider spells it, for linking; none by default. */
  readonly subjectAttributes?: SubjectAttributes;
}

/** Why a user may not sign up: for the log, never for the user. */
type RefusalReason =
  | ClaimProblem
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

export interface LinkRequest {
  /** As configured. */
  readonly provider: string;
  readonly verbatim: VerbatimSubject;
  readonly email: string;
}

export type SignUpDecision = SignUpAllowed | SignUpRefused;

/**
 * Whether this address or phone number may sign up, by the `p2` rows, and for a federated user by the domains that the
 * identity provider is trusted for. docs/triggers.md explains each case.
 *
 * @throws ClaimgateError `trigger_event_malformed` where an attribute is not a string
 */
export function decidePreSignUp(
  policy: AddressPolicy,
  event: PreSignUpEvent,
  options: PreSignUpOptions,
): SignUpDecision {
  const claims = claimsOf(event.request.userAttributes);
  switch (event.triggerSource) {
    case "PreSignUp_SignUp":
      return writesDirectory(event, options)
        ? refused("directory_attribute")
        : decideSignUp(policy, claims, options);
    case "PreSignUp_AdminCreateUser":
      return decideAdminCreate(policy, claims);
    case "PreSignUp_ExternalProvider":
      return decideFederated(policy, claims, event, options);
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

function decideSignUp(policy: AddressPolicy, claims: Claims, options: PreSignUpOptions): SignUpDecision {
  const { problem, domain, determining } = judgeClaims(policy, claims);
  if (problem !== undefined) return { kind: "refuse", reason: problem, domain, determining };
  // Auto-confirm skips the proof of the address and the number, but `g3` rows require a proven one.
  const lands = landsSomewhere(policy, claims);
  return {
    kind: "allow",
    autoConfirm: options.autoConfirm && !lands,
    autoConfirmWithheld: options.autoConfirm && lands,
    link: undefined,
    domain,
    determining,
  };
}

/**
 * An administrator may create a user whom no row allows, or without an address, but not one whom a row denies, nor one
 * with a malformed address or number, which a row might deny.
 */
function decideAdminCreate(policy: AddressPolicy, claims: Claims): SignUpDecision {
  const { problem, unnamed, domain, determining } = judgeClaims(policy, claims);
  return problem === undefined || unnamed
    ? allowed({ domain, determining })
    : { kind: "refuse", reason: problem, domain, determining };
}

/** A federated user needs an address: no provider is trusted for phone numbers. */
function decideFederated(
  policy: AddressPolicy,
  claims: Claims,
  event: PreSignUpEvent,
  options: PreSignUpOptions,
): SignUpDecision {
  const { email } = claims;
  if (email === undefined) return refused("address_missing");
  const { problem, domain, determining } = judgeClaims(policy, claims);
  if (domain === undefined) return refused("address_malformed");
  const linked = linkedProviders(attributeOf(event.request.userAttributes, "identities"));
  const name = parseFederatedName(options.trustedProviders, event.userName, linked);
  if (name === undefined) return refused("provider_unknown", domain);
  if (name === "ambiguous") return refused("provider_ambiguous", domain);
  if (!trusts(options.trustedProviders, name.provider, domain)) {
    return refused("provider_not_trusted_for_domain", domain);
  }
  if (problem !== undefined) return { kind: "refuse", reason: problem, domain, determining };
  const vouched = attributeOf(event.request.userAttributes, "email_verified") === "true";
  const link = options.linkFederatedUsers && vouched ? linkRequest(name, email, event, options) : undefined;
  return { ...allowed({ domain, determining }), link };
}

function linkRequest(
  name: FederatedName,
  email: string,
  { request: { userAttributes } }: PreSignUpEvent,
  { subjectAttributes = new Map() }: PreSignUpOptions,
): LinkRequest {
  const attribute = subjectAttributes.get(name.provider);
  const verbatim = verbatimSubject(
    name,
    attribute === undefined ? "none" : { value: attributeOf(userAttributes, attribute) },
  );
  return { provider: name.provider, verbatim, email };
}

function allowed(decided: Decided): SignUpAllowed {
  return { kind: "allow", autoConfirm: false, autoConfirmWithheld: false, link: undefined, ...decided };
}

function refused(reason: RefusalReason, domain?: string): SignUpRefused {
  return { kind: "refuse", reason, domain, determining: [] };
}
