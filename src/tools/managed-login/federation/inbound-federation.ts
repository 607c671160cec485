import { objectOf } from "../../../json.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import type { ClientConfig, ProviderConfig } from "../../cognito/config/pool-config.ts";
import type { Attributes } from "../../cognito/directory/user.ts";
import type { Pool } from "../../cognito/pool.ts";
import { inboundFederationEvent, type ProviderAnswer } from "../../cognito/triggers/trigger-event.ts";
import { claimsOf, type ProviderAccount } from "./provider-account.ts";

/**
 * The claims of an account that the attribute mapping applies to: those of the provider, or those that the
 * InboundFederation trigger gives in their place. It runs at each sign-in, before a user is created or changed.
 *
 * @throws CognitoError of the trigger
 */
export async function inboundClaims(
  pool: Pool,
  client: ClientConfig,
  provider: ProviderConfig,
  account: ProviderAccount,
): Promise<Attributes> {
  const claims = claimsOf(provider, account);
  if (!pool.config.triggers.has("InboundFederation")) return claims;
  const { place } = pool.config;
  const event = inboundFederationEvent(place, client.id, provider, account.id, answerOf(provider, claims));
  const response = await pool.runTrigger("InboundFederation", event);
  const given = attributesIn(response["userAttributesToMap"]);
  // "Return an empty object to retain all original attributes unchanged."
  return Object.keys(given).length === 0 ? claims : given;
}

/** No token is exchanged with the page that plays a provider: what would be one is a placeholder, and says so. */
function answerOf({ type }: ProviderConfig, claims: Attributes): ProviderAnswer {
  if (type === "SAML") return { samlResponse: claims };
  const tokenResponse = {
    access_token: "placeholder",
    id_token: "placeholder",
    token_type: "Bearer",
    expires_in: "3600",
  };
  return { tokenResponse, idToken: claims, userInfo: claims };
}

/** Every attribute of a user is text. @throws CognitoError `InvalidLambdaResponseException` */
function attributesIn(value: unknown): Attributes {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unrecognizable();
  return Object.fromEntries(
    Object.entries(objectOf(value)).map(([name, item]) => {
      if (typeof item !== "string" && typeof item !== "number" && typeof item !== "boolean")
        throw unrecognizable();
      return [name, String(item)];
    }),
  );
}

const unrecognizable = () =>
  new CognitoError("InvalidLambdaResponseException", "Unrecognizable lambda output");
