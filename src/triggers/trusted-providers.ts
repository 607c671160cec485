import { ConfigurationError } from "../errors.ts";

/** The identity providers that are trusted for e-mail addresses. */
export interface TrustedProviders {
  /** The trusted domains of each provider, in lower case. A provider without an entry is trusted for nothing. */
  readonly domains: ReadonlyMap<string, readonly string[]>;
  /** Whether these are all identity providers of the user pool. */
  readonly complete: boolean;
}

const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/**
 * Checks a configured map such as `{"Google":["example.com"]}`.
 *
 * A federated user name is `<Provider>_<id>`, and the provider, sometimes the user, chooses the id. Of `Corp` and
 * `Corp_Partner`, `Corp` could issue the id `Partner_x` and impersonate the other, so two such names are refused. List
 * a provider that is trusted for nothing with an empty array to include it in this check.
 *
 * @param options.complete whether every provider of the pool is listed. If not, a user name that may also belong to an
 * unlisted provider is refused ({@link parseFederatedName})
 * @throws ConfigurationError naming the provider
 *
 * @example
 * import { createTrustedProviders } from "claimgate/triggers";
 *
 * export const trustedProviders = createTrustedProviders(new Map([["Google", ["example.com"]]]), { complete: true });
 */
export function createTrustedProviders(
  configured: ReadonlyMap<string, readonly string[]>,
  { complete = false }: { readonly complete?: boolean } = {},
): TrustedProviders {
  const names = [...configured.keys()];
  for (const [name, domains] of configured) {
    if (!/^\S{1,32}$/.test(name)) {
      throw new ConfigurationError(`trusted provider \`${name}\` is not a provider name of a user pool`);
    }
    const wrong = domains.find((domain) => !DOMAIN.test(domain));
    if (wrong !== undefined) {
      throw new ConfigurationError(
        `trusted provider \`${name}\` has the invalid domain \`${wrong}\`; expected a full domain in lower case, without \`@\` or \`*\``,
      );
    }
    const rival = names.find(
      (other) =>
        other !== name && (sameName(other.slice(0, name.length + 1), `${name}_`) || sameName(other, name)),
    );
    if (rival !== undefined) {
      throw new ConfigurationError(
        `trusted providers \`${name}\` and \`${rival}\` cannot be told apart in a user name`,
      );
    }
  }
  return { domains: new Map([...configured].map(([name, domains]) => [name, [...domains]])), complete };
}

/** Whether the provider is trusted for addresses of this domain. The name is compared exactly. */
export function trusts(providers: TrustedProviders, provider: string, domain: string): boolean {
  return providers.domains.get(provider)?.includes(domain) ?? false;
}

/** A parsed federated user name. */
export interface FederatedName {
  /** As configured. */
  readonly provider: string;
  /** As spelled in the user name. */
  readonly spelledProvider: string;
  /** The id of the user at the provider. */
  readonly subject: string;
}

/**
 * Parses `<Provider>_<id>`: the provider is spelled as configured, or entirely in lower case, as Cognito does in some
 * pools. Undefined if no configured provider matches.
 *
 * Names and ids may contain `_`, so `Google_Evil_7` may be a user of `Google` or of `Google_Evil`. If not every
 * provider of the pool is configured, only a name with one `_` is unambiguous. Any other counts only if `linked`, the
 * providers in the user's `identities`, settles it.
 */
export function parseFederatedName(
  providers: TrustedProviders,
  userName: string,
  linked: readonly (string | undefined)[] = [],
): FederatedName | "ambiguous" | undefined {
  const candidates = [...providers.domains.keys()].flatMap((name) => asUserOf(name, userName) ?? []);
  if (linked.length > 0) {
    const told = linked.flatMap((name) => (name === undefined ? [] : (asUserOf(name, userName) ?? [])));
    const [only] = told;
    if (only === undefined || told.length !== linked.length || told.length > 1) return "ambiguous";
    return candidates.find(({ provider }) => provider === only.provider);
  }
  const [only] = candidates;
  if (only === undefined) return undefined;
  return candidates.length === 1 && (providers.complete || hasOneReading(only)) ? only : "ambiguous";
}

function hasOneReading({ provider, subject }: FederatedName): boolean {
  return !provider.includes("_") && !subject.includes("_");
}

/** The name, parsed as a user of the provider. */
function asUserOf(provider: string, userName: string): FederatedName | undefined {
  const spelled = [provider, provider.toLowerCase()].find((name) => userName.startsWith(`${name}_`));
  if (spelled === undefined || userName.length === spelled.length + 1) return undefined;
  return { provider, spelledProvider: spelled, subject: userName.slice(spelled.length + 1) };
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
