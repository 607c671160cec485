import type { JsonObject } from "../../json.ts";
import { asTexts, jsonMap } from "../../lambda/environment.ts";
import { createTrustedProviders } from "../../triggers/trusted-providers.ts";
import { type Resource, resourcesIn, resourcesOf } from "../cloudformation/template.ts";
import type { Parameters } from "./parameters.ts";

const PROVIDER = "AWS::Cognito::UserPoolIdentityProvider";

/** An identity provider of the template. */
interface Provider {
  readonly logicalName: string;
  /** Its name in the user pool. */
  readonly name: string;
}

/**
 * Checks `trustedProviders` against the identity providers of the template. Pre-sign-up refuses all users of a
 * provider that is not listed, and a listed name without a provider is a typing error. Other providers of an existing
 * pool are not known here.
 *
 * A stage with an existing pool leaves the providers of the template out. It must say that it knows: it names them in
 * `trustedProviders`, as every provider of such a pool.
 *
 * @param resources as the stage deploys them, without what it has switched off
 * @param written as serverless.yml has them
 * @throws RangeError with everything that is wrong
 */
export function checkIdentityProviders(
  resources: JsonObject,
  parameters: Parameters,
  written: JsonObject = resources,
): void {
  const template = { resources: resourcesIn(resources) };
  const declared = resourcesOf(template, PROVIDER);
  const providers: Provider[] = [];
  const faults: string[] = [];
  for (const { id: logicalName, properties } of declared) {
    const name = properties["ProviderName"];
    if (typeof name === "string") providers.push({ logicalName, name });
    else
      faults.push(`\`${logicalName}\` has a \`ProviderName\` that is not a string: write the name in full`);
  }
  const trusted = trustedNames(parameters.get("trustedProviders") ?? "");
  const ownsPool = (parameters.get("existingUserPoolId") ?? "") === "";
  if (trusted !== undefined) {
    if (ownsPool) faults.push(...missing(providers, trusted));
    faults.push(...untrusted(providers, trusted));
    if (!ownsPool) faults.push(...leftOut(written, resources, trusted));
  }
  faults.push(...reserved(declared), ...confusable(providers));
  if (faults.length > 0) throw new RangeError(faults.join("\n"));
}

function* missing(providers: readonly Provider[], trusted: readonly string[]): Iterable<string> {
  const names = providers.map(({ name }) => name);
  const has = names.length === 0 ? "none" : names.map((one) => `\`${one}\``).join(", ");
  for (const name of trusted) {
    if (names.includes(name)) continue;
    yield `\`trustedProviders\` names \`${name}\`, but the stage sets up no such identity provider: it has ${has}`;
  }
}

function* untrusted(providers: readonly Provider[], trusted: readonly string[]): Iterable<string> {
  for (const { logicalName, name } of providers) {
    if (trusted.includes(name)) continue;
    yield `\`${logicalName}\` sets up the identity provider \`${name}\`, which \`trustedProviders\` does not name, so no user could sign up with it: name the e-mail domains that it is trusted for, or \`[]\``;
  }
}

function* leftOut(written: JsonObject, resources: JsonObject, trusted: readonly string[]): Iterable<string> {
  const template = { resources: resourcesIn(written) };
  for (const { id: logicalName, properties } of resourcesOf(template, PROVIDER)) {
    const name = String(properties["ProviderName"]);
    if (Object.hasOwn(resources, logicalName) || trusted.includes(name)) continue;
    yield `\`${logicalName}\` is left out, because the stage has \`existingUserPoolId\`: set up the identity provider \`${name}\` in that pool and name it in \`trustedProviders\`, or remove the provider from \`resources\``;
  }
}

/** Cognito's own names, which it keeps for providers of those types. */
const OWN_NAMES = ["COGNITO", "Google", "SignInWithApple", "Facebook", "LoginWithAmazon"];

function* reserved(declared: readonly Resource[]): Iterable<string> {
  for (const { id: logicalName, properties } of declared) {
    const { ProviderName: name, ProviderType: type } = properties;
    if (typeof name !== "string" || (type !== "OIDC" && type !== "SAML")) continue;
    if (!OWN_NAMES.some((own) => own.toLowerCase() === name.toLowerCase())) continue;
    yield `\`${logicalName}\` is named \`${name}\`, a name that Cognito keeps for itself; give it another \`ProviderName\``;
  }
}

/** Names that a federated user name cannot distinguish; the names of `trustedProviders` are checked separately. */
function* confusable(providers: readonly Provider[]): Iterable<string> {
  for (const [index, { logicalName, name }] of providers.entries()) {
    const rival = providers.slice(0, index).find((other) => other.name.toLowerCase() === name.toLowerCase());
    if (rival === undefined) continue;
    yield `\`${rival.logicalName}\` and \`${logicalName}\` are both named \`${name}\`; providers of a pool differ in name`;
  }
}

/** Undefined if the triggers could not read it either, which is reported elsewhere. */
function trustedNames(text: string): readonly string[] | undefined {
  try {
    return [...createTrustedProviders(jsonMap({ text }, "text", asTexts, "")).domains.keys()];
  } catch {
    return undefined;
  }
}
