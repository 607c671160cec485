import type { ParameterFault } from "../parameters.ts";
import { type CombinationRule, type Stage, valueIn } from "./parameter-combinations.ts";

/** Identity providers. Whom they are trusted for is checked against the template (identity-providers.ts). */
export const FEDERATION_COMBINATIONS: readonly CombinationRule[] = [completeProviders, distinctNames];

interface Provider {
  /** The parameter that switches it on. */
  readonly key: string;
  /** What else it cannot do without. */
  readonly needs: readonly string[];
}

const PROVIDERS: readonly Provider[] = [
  { key: "googleClientId", needs: ["googleSecret"] },
  { key: "appleServicesId", needs: ["appleTeamId", "appleKeyId", "appleSecret"] },
  { key: "facebookAppId", needs: ["facebookSecret"] },
  { key: "amazonClientId", needs: ["amazonSecret"] },
  { key: "oidcName", needs: ["oidcIssuer", "oidcClientId", "oidcSecret"] },
  { key: "samlName", needs: ["samlMetadataUrl"] },
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

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
