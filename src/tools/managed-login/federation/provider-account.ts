import type { ProviderConfig } from "../../cognito/config/pool-config.ts";
import type { Attributes } from "../../cognito/directory/user.ts";

/** An account of a provider, as the person at the page describes it. */
export interface ProviderAccount {
  /** What the provider calls it; never changes. */
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
  /** Custom attribute of the pool -> the values that the directory of the provider sends for it. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

/** The custom attributes that the provider maps, such as the groups of its directory. */
export function listAttributes({ attributeMapping }: ProviderConfig): readonly string[] {
  return Object.keys(attributeMapping).filter((attribute) => attribute.startsWith("custom:"));
}

/**
 * Several values as Cognito keeps them: those of a SAML attribute in brackets, an array of OpenID Connect as JSON. It
 * documents neither; both have been seen.
 */
function spelledList({ type }: ProviderConfig, values: readonly string[]): string {
  if (type !== "SAML") return JSON.stringify(values);
  return values.length === 1 ? (values[0] ?? "") : `[${values.join(", ")}]`;
}

/** What the providers call their accounts. */
const ID_CLAIMS: Readonly<Record<string, string>> = { Facebook: "id", LoginWithAmazon: "user_id" };

/** These say of no address that it is verified. */
const WITHOUT_VERIFIED: ReadonlySet<string> = new Set(["Facebook", "LoginWithAmazon"]);

/** Whether a provider of this kind can say that an address is verified. */
export const saysVerified = ({ type }: ProviderConfig) => !WITHOUT_VERIFIED.has(type);

/** What a provider of this kind says of an account. */
export function claimsOf(
  provider: ProviderConfig,
  { id, email, emailVerified, name, lists = {} }: ProviderAccount,
): Attributes {
  const [first = "", ...others] = name.split(" ");
  const known: Attributes = {
    [ID_CLAIMS[provider.type] ?? "sub"]: id,
    ...(email === "" ? {} : { email }),
    ...(email === "" || !saysVerified(provider) ? {} : { email_verified: String(emailVerified) }),
    ...(name === ""
      ? {}
      : { name, given_name: first, ...(others.length === 0 ? {} : { family_name: others.join(" ") }) }),
    ...sentLists(provider, lists),
  };
  return provider.type === "SAML" ? { ...namedByMapping(provider, known), ...known } : known;
}

/** Under the names that the mapping expects; a list without a value is not sent. */
function sentLists(provider: ProviderConfig, lists: NonNullable<ProviderAccount["lists"]>): Attributes {
  return Object.fromEntries(
    listAttributes(provider).flatMap((attribute) => {
      const [claim, values = []] = [provider.attributeMapping[attribute], lists[attribute]];
      return claim === undefined || values.length === 0 ? [] : [[claim, spelledList(provider, values)]];
    }),
  );
}

/** A SAML provider names its claims as it likes: here as the mapping expects. */
function namedByMapping({ attributeMapping }: ProviderConfig, known: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributeMapping).flatMap(([attribute, claim]) => {
      const value = known[attribute];
      // Whether an address is verified is told under its usual name, or not at all.
      return value === undefined || attribute === "email_verified" ? [] : [[claim, value]];
    }),
  );
}

/**
 * The attributes of the pool that the mapping makes of the claims of an account. An address that the provider did not
 * vouch for is unverified, also where nothing is mapped to `email_verified`.
 */
export function mappedAttributes(provider: ProviderConfig, claims: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(provider.attributeMapping).flatMap(([attribute, claim]) => {
      const value = claims[claim];
      // The account is the username, whatever the mapping says of it.
      return value === undefined || attribute === "username" || attribute === "sub"
        ? []
        : [[attribute, value]];
    }),
  );
}
