import { type JsonObject, objectOf } from "../../json.ts";
import { asTexts, jsonMap } from "../../lambda/environment.ts";
import { createTrustedProviders } from "../../triggers/trusted-providers.ts";
import { settleSection } from "../cloudformation/conditions.ts";
import { type Resource, resourcesIn, resourcesOf } from "../cloudformation/template.ts";
import type { Finding } from "../findings/finding.ts";
import type { FindingPlace } from "../findings/place.ts";
import type { PlaceOf } from "./function-environment.ts";
import { placeOfSetting, settingOf } from "./parameter-place.ts";
import type { StageParameters } from "./stage-parameters.ts";

/**
 * What can be wrong with the identity providers of a template. None of these can be switched off: users of such a
 * provider could not sign up, or Cognito would refuse it.
 */
export const PROVIDER_KINDS = [
  {
    id: "provider-name",
    severity: "error",
    summary:
      "an identity provider whose name is not a string, is Cognito's own, or differs from another only in case",
  },
  {
    id: "provider-trust",
    severity: "error",
    summary: "`trustedProviders` and the identity providers that the stage sets up differ",
  },
] as const;

type ProviderKind = (typeof PROVIDER_KINDS)[number]["id"];

const PROVIDER = "AWS::Cognito::UserPoolIdentityProvider";

/** An identity provider of the template. */
interface Provider {
  readonly logicalName: string;
  /** Its name in the user pool. */
  readonly name: string;
}

/** What is wrong: with the resource of that logical name, or with `trustedProviders`. */
interface Fault {
  readonly id: ProviderKind;
  readonly resource: string | undefined;
  readonly message: string;
}

/**
 * Checks `trustedProviders` against the identity providers of the template. Pre-sign-up refuses all users of a
 * provider that is not listed, and a listed name without a provider is a typing error. Other providers of an existing
 * pool are not known here.
 *
 * A stage with an existing pool leaves the providers of the template out. It must say that it knows: it names them in
 * `trustedProviders`, as every provider of such a pool.
 *
 * @param section `resources` of serverless.yml, with what the stage switches off
 * @throws RangeError for a condition that is not defined
 */
export function providerFindings(
  section: JsonObject,
  stage: StageParameters,
  placeOf: PlaceOf,
): readonly Finding[] {
  const written = objectOf(section["Resources"]);
  const deployed = objectOf(settleSection(section)["Resources"]);
  const placeOfFault = ({ resource }: Fault): FindingPlace =>
    resource === undefined
      ? placeOfSetting(settingOf("trustedProviders", stage), placeOf)
      : { kind: "file", ...placeOf(["resources", "Resources", resource]) };
  return Array.from(faultsOf(written, deployed, stage), (fault) => ({
    id: fault.id,
    severity: "error",
    place: placeOfFault(fault),
    message: fault.message,
  }));
}

function* faultsOf(written: JsonObject, deployed: JsonObject, { values }: StageParameters): Iterable<Fault> {
  const declared = resourcesOf({ resources: resourcesIn(deployed) }, PROVIDER);
  const providers = declared.flatMap(({ id: logicalName, properties: { ProviderName: name } }) =>
    typeof name === "string" ? [{ logicalName, name }] : [],
  );
  yield* unnamed(declared);
  const trusted = trustedNames(values.get("trustedProviders") ?? "");
  const ownsPool = (values.get("existingUserPoolId") ?? "") === "";
  if (trusted !== undefined) {
    if (ownsPool) yield* missing(providers, trusted);
    yield* untrusted(providers, trusted);
    if (!ownsPool) yield* leftOut(written, deployed, trusted);
  }
  yield* reserved(declared);
  yield* confusable(providers);
}

function* unnamed(declared: readonly Resource[]): Iterable<Fault> {
  for (const { id: resource, properties } of declared) {
    if (typeof properties["ProviderName"] === "string") continue;
    const message = `\`${resource}\` has a \`ProviderName\` that is not a string: write the name in full`;
    yield { id: "provider-name", resource, message };
  }
}

function* missing(providers: readonly Provider[], trusted: readonly string[]): Iterable<Fault> {
  const names = providers.map(({ name }) => name);
  const has = names.length === 0 ? "none" : names.map((one) => `\`${one}\``).join(", ");
  for (const name of trusted) {
    if (names.includes(name)) continue;
    const message = `\`trustedProviders\` names \`${name}\`, but the stage sets up no such identity provider: it has ${has}`;
    yield { id: "provider-trust", resource: undefined, message };
  }
}

function* untrusted(providers: readonly Provider[], trusted: readonly string[]): Iterable<Fault> {
  for (const { logicalName, name } of providers) {
    if (trusted.includes(name)) continue;
    const message = `\`${logicalName}\` sets up the identity provider \`${name}\`, which \`trustedProviders\` does not name, so no user could sign up with it: name the e-mail domains that it is trusted for, or \`[]\``;
    yield { id: "provider-trust", resource: logicalName, message };
  }
}

function* leftOut(written: JsonObject, deployed: JsonObject, trusted: readonly string[]): Iterable<Fault> {
  for (const { id: resource, properties } of resourcesOf({ resources: resourcesIn(written) }, PROVIDER)) {
    const name = String(properties["ProviderName"]);
    if (Object.hasOwn(deployed, resource) || trusted.includes(name)) continue;
    const message = `\`${resource}\` is left out, because the stage has \`existingUserPoolId\`: set up the identity provider \`${name}\` in that pool and name it in \`trustedProviders\`, or remove the provider from \`resources\``;
    yield { id: "provider-trust", resource, message };
  }
}

/** Cognito's own names, which it keeps for providers of those types. */
const OWN_NAMES = ["COGNITO", "Google", "SignInWithApple", "Facebook", "LoginWithAmazon"];

function* reserved(declared: readonly Resource[]): Iterable<Fault> {
  for (const { id: resource, properties } of declared) {
    const { ProviderName: name, ProviderType: type } = properties;
    if (typeof name !== "string" || (type !== "OIDC" && type !== "SAML")) continue;
    if (!OWN_NAMES.some((own) => own.toLowerCase() === name.toLowerCase())) continue;
    const message = `\`${resource}\` is named \`${name}\`, a name that Cognito keeps for itself; give it another \`ProviderName\``;
    yield { id: "provider-name", resource, message };
  }
}

/** Names that a federated user name cannot distinguish; the names of `trustedProviders` are checked separately. */
function* confusable(providers: readonly Provider[]): Iterable<Fault> {
  for (const [index, { logicalName, name }] of providers.entries()) {
    const rival = providers.slice(0, index).find((other) => other.name.toLowerCase() === name.toLowerCase());
    if (rival === undefined) continue;
    const message = `\`${rival.logicalName}\` and \`${logicalName}\` are both named \`${name}\`; providers of a pool differ in name`;
    yield { id: "provider-name", resource: logicalName, message };
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
