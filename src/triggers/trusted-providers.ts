import { ConfigurationError } from "../errors.ts";

/**
 * The identity providers whose word about an e-mail address counts, each with the domains that it counts
 * for, lower-case. A provider that is not in it is trusted for nothing.
 */
export type TrustedProviders = ReadonlyMap<string, readonly string[]>;

const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/**
 * Checks a configured map such as `{"Google":["example.com"]}`.
 *
 * A federated user name is `<Provider>_<id>`, and the id is the provider's choice, sometimes the user's. Of
 * `Corp` and `Corp_Partner`, `Corp` could issue the id `Partner_x` and pass for the other one, so two such
 * names are refused. A provider that is trusted for nothing can be listed with an empty array, which puts it
 * under that check too.
 *
 * @throws ConfigurationError naming the provider
 */
export function createTrustedProviders(configured: ReadonlyMap<string, readonly string[]>): TrustedProviders {
  const names = [...configured.keys()];
  for (const [name, domains] of configured) {
    if (!/^\S{1,32}$/.test(name)) {
      throw new ConfigurationError(`trusted provider \`${name}\` is not a provider name of a user pool`);
    }
    const wrong = domains.find((domain) => !DOMAIN.test(domain));
    if (wrong !== undefined) {
      throw new ConfigurationError(
        `trusted provider \`${name}\` has the domain \`${wrong}\`; expected it whole, in lower case, without \`@\` or \`*\``,
      );
    }
    const rival = names.find(
      (other) => other !== name && (startsWithProvider(other, name) || sameName(other, name)),
    );
    if (rival !== undefined) {
      throw new ConfigurationError(
        `trusted providers \`${name}\` and \`${rival}\` cannot be told apart in a user name`,
      );
    }
  }
  return new Map([...configured].map(([name, domains]) => [name, [...domains]]));
}

/** Whether the provider's word about an address of this domain counts. The name is compared exactly. */
export function trusts(providers: TrustedProviders, provider: string, domain: string): boolean {
  return providers.get(provider)?.includes(domain) ?? false;
}

/** A federated user name taken apart. */
export interface FederatedName {
  /** As configured. */
  readonly provider: string;
  /** As it stands in the user name. */
  readonly spelledProvider: string;
  /** The id of the user at the provider. */
  readonly subject: string;
}

/**
 * Takes `<Provider>_<id>` apart. Provider names may contain `_` and Cognito does not keep their case, so it
 * is the longest configured name that fits, in any case. Undefined where none fits.
 */
export function parseFederatedName(providers: TrustedProviders, userName: string): FederatedName | undefined {
  const provider = [...providers.keys()]
    .filter((name) => startsWithProvider(userName, name) && userName.length > name.length + 1)
    .sort((a, b) => b.length - a.length)[0];
  if (provider === undefined) return undefined;
  return {
    provider,
    spelledProvider: userName.slice(0, provider.length),
    subject: userName.slice(provider.length + 1),
  };
}

function startsWithProvider(userName: string, provider: string): boolean {
  return sameName(userName.slice(0, provider.length + 1), `${provider}_`);
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
