import { ConfigurationError } from "../errors.ts";
import { own } from "../own-property.ts";
import { MARKER_ATTRIBUTE } from "./directory.ts";

/**
 * How a provider writes the groups of a user into the attribute.
 *
 * - `json`: a JSON array of strings, as Cognito stores an array claim of an OIDC provider
 * - `ids`: ids that the directory assigns, in any of the forms: one, `[a, b]`, or a JSON array. Cognito writes the
 *   values of a SAML attribute as `[a, b]`, which is ambiguous: a group may be called `x, admins`
 * - `one`: one value, the whole attribute
 */
const DIRECTORY_FORMS = ["json", "ids", "one"] as const;

export type DirectoryForm = (typeof DIRECTORY_FORMS)[number];

/** Where the directory groups of one identity provider are. */
export interface DirectoryProvider {
  /** The user attribute that only this provider maps: `custom:groups`. */
  readonly attribute: string;
  readonly form: DirectoryForm;
}

/** The identity providers that send the groups of their directory, by their name in the pool. */
export type DirectoryProviders = ReadonlyMap<string, DirectoryProvider>;

/** As configured, unchecked. */
type Settings = Readonly<Record<string, unknown>>;

/**
 * Checks a configured map such as `{"CorpSAML":{"attribute":"custom:groups","form":"ids"}}`.
 *
 * @throws ConfigurationError naming the provider
 *
 * @example
 * import { createDirectoryProviders } from "claimgate/triggers";
 *
 * export const directories = createDirectoryProviders(
 *   new Map([["CorpSAML", { attribute: "custom:groups", form: "ids" }]]),
 * );
 */
export function createDirectoryProviders(configured: ReadonlyMap<string, Settings>): DirectoryProviders {
  const providers = new Map([...configured].map(([name, value]) => [name, checked(name, value)]));
  const owners = new Map<string, string>();
  for (const [name, { attribute }] of providers) {
    const owner = owners.get(attribute);
    if (owner !== undefined) {
      throw new ConfigurationError(
        `directories \`${owner}\` and \`${name}\` share \`${attribute}\`; give each provider an attribute of its own, since either could write the groups of the other`,
      );
    }
    owners.set(attribute, name);
  }
  return providers;
}

function checked(name: string, settings: Settings): DirectoryProvider {
  if (!/^[^\s/]{1,32}$/.test(name)) {
    throw new ConfigurationError(`directory \`${name}\` is not a provider name without spaces and \`/\``);
  }
  const unknown = Object.keys(settings).find((key) => key !== "attribute" && key !== "form");
  if (unknown !== undefined) {
    throw new ConfigurationError(
      `directory \`${name}\` has the unknown setting \`${unknown}\`; expected \`attribute\` and \`form\``,
    );
  }
  const attribute = own(settings, "attribute");
  const form = own(settings, "form") ?? "json";
  if (
    typeof attribute !== "string" ||
    !/^custom:[^\s]{1,20}$/.test(attribute) ||
    attribute === MARKER_ATTRIBUTE
  ) {
    throw new ConfigurationError(
      `directory \`${name}\` needs an \`attribute\` of its own, such as \`custom:groups\``,
    );
  }
  const known = DIRECTORY_FORMS.find((one) => one === form);
  if (known === undefined) {
    const forms = DIRECTORY_FORMS.map((one) => `\`${one}\``).join(", ");
    throw new ConfigurationError(`directory \`${name}\` has an unknown \`form\`; expected one of ${forms}`);
  }
  return { attribute, form: known };
}
