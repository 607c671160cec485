import { asTexts, jsonMap } from "../../runtime/environment.ts";
import { type CombinationRule, ownsUserPool, type Stage, valueIn } from "./parameter-combinations.ts";
import type { ParameterFault } from "./parameters.ts";

/** Identity providers, and whom they are trusted for. */
export const FEDERATION_COMBINATIONS: readonly CombinationRule[] = [
  completeProviders,
  distinctNames,
  trustedProviders,
];

interface Provider {
  /** The parameter that switches it on. */
  readonly key: string;
  /** Its name in the user pool; that of a social provider is given by Cognito. */
  readonly name: (stage: Stage) => string;
  /** What else it cannot do without. */
  readonly needs: readonly string[];
}

const PROVIDERS: readonly Provider[] = [
  { key: "googleClientId", name: () => "Google", needs: ["googleSecret"] },
  {
    key: "appleServicesId",
    name: () => "SignInWithApple",
    needs: ["appleTeamId", "appleKeyId", "appleSecret"],
  },
  {
    key: "oidcName",
    name: (stage) => valueIn(stage, "oidcName"),
    needs: ["oidcIssuer", "oidcClientId", "oidcSecret"],
  },
  {
    key: "samlName",
    name: (stage) => valueIn(stage, "samlName"),
    needs: ["samlMetadataUrl"],
  },
];

function* completeProviders(stage: Stage): Iterable<ParameterFault> {
  for (const { key, needs } of PROVIDERS) {
    const on = valueIn(stage, key) !== "";
    for (const need of needs) {
      if (on && valueIn(stage, need) === "") {
        yield { parameter: need, message: `\`${key}\` is set without \`${need}\`` };
      }
      if (!on && valueIn(stage, need) !== "") {
        yield { parameter: key, message: `\`${need}\` is set without \`${key}\`` };
      }
    }
  }
}

/** Cognito's own names; it keeps them for itself. */
const RESERVED = ["COGNITO", "Google", "SignInWithApple", "Facebook", "LoginWithAmazon"];

function* distinctNames(stage: Stage): Iterable<ParameterFault> {
  const [oidc, saml] = [valueIn(stage, "oidcName"), valueIn(stage, "samlName")];
  for (const [parameter, name] of [
    ["oidcName", oidc],
    ["samlName", saml],
  ] as const) {
    if (RESERVED.some((reserved) => same(reserved, name))) {
      yield { parameter, message: `\`${parameter}\` is \`${name}\`, a name that Cognito keeps for itself` };
    }
  }
  if (oidc !== "" && same(oidc, saml)) {
    yield {
      parameter: "samlName",
      message: `\`oidcName\` and \`samlName\` are both \`${saml}\`; providers of a pool differ in name`,
    };
  }
}

/**
 * Held against the providers of the stage: pre-sign-up refuses everybody of a provider that it was not told of,
 * and a name that no provider has is a typing error. What providers an existing pool has cannot be known here.
 */
function* trustedProviders(stage: Stage): Iterable<ParameterFault> {
  const parameter = "trustedProviders";
  const trusted = trustedNames(valueIn(stage, parameter));
  if (trusted === undefined || !ownsUserPool(stage)) return;
  const configured = PROVIDERS.filter(({ key }) => valueIn(stage, key) !== "");
  const names = configured.map(({ name }) => name(stage));
  for (const name of trusted) {
    if (names.includes(name)) continue;
    const has = names.length === 0 ? "none" : names.map((one) => `\`${one}\``).join(", ");
    yield {
      parameter,
      message: `\`${parameter}\` names \`${name}\`, but the stage sets up no such identity provider: it has ${has}`,
    };
  }
  for (const { key, name } of configured) {
    if (trusted.includes(name(stage))) continue;
    yield {
      parameter,
      message: `\`${key}\` sets up the identity provider \`${name(stage)}\`, which \`${parameter}\` does not name, so that nobody could sign up by it: name the e-mail domains that it is trusted for, or \`[]\``,
    };
  }
}

/** Undefined where the triggers could not read it either, which is said elsewhere. */
function trustedNames(text: string): readonly string[] | undefined {
  try {
    return [...jsonMap({ text }, "text", asTexts, "").keys()];
  } catch {
    return undefined;
  }
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
