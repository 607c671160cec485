import { textOf } from "../../../json.ts";
import { CognitoError } from "../cognito-error.ts";
import type { Attributes } from "../directory/user.ts";
import { json, type WebHandler } from "../http/route.ts";
import { liveTokenCaller } from "../tokens/access-token-guard.ts";

const EMAIL: readonly string[] = ["email", "email_verified"];
const PHONE: readonly string[] = ["phone_number", "phone_number_verified"];

/**
 * `GET /oauth2/userInfo`: the attributes that the scopes of an access token name.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html
 */
export const userInfo: WebHandler = (pool, { headers }) => {
  const token = /^Bearer (\S+)$/i.exec(headers["authorization"] ?? "")?.[1];
  if (token === undefined) return Promise.resolve(refusal(400, "invalid_request"));
  try {
    const { user, claims } = liveTokenCaller(pool, token);
    const scopes = (textOf(claims["scope"]) ?? "").split(" ");
    if (!scopes.includes("openid")) return Promise.resolve(refusal(401, "invalid_token"));
    const attributes = visible(user.attributes, scopes);
    return Promise.resolve(json(200, { ...attributes, username: user.username }));
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    return Promise.resolve(refusal(401, "invalid_token"));
  }
};

function visible(attributes: Attributes, scopes: readonly string[]): Attributes {
  const shown = (name: string) => {
    if (name === "sub") return true;
    if (EMAIL.includes(name)) return scopes.includes("email");
    if (PHONE.includes(name)) return scopes.includes("phone");
    return scopes.includes("profile");
  };
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => shown(name)));
}

function refusal(status: 400 | 401, error: string) {
  return json(status, { error }, { "www-authenticate": `Bearer error="${error}"` });
}
