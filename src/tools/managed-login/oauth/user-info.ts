import { textOf } from "../../../json.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import { clientOf } from "../../cognito/pool.ts";
import { liveTokenCaller } from "../../cognito/tokens/access-token-guard.ts";
import { readableAttributes } from "../../cognito/tokens/readable-attributes.ts";
import { json, type WebHandler } from "../route.ts";

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
    const client = clientOf(pool.config, textOf(claims["client_id"]));
    const attributes = readableAttributes(user.attributes, client, scopes);
    return Promise.resolve(json(200, { ...attributes, username: user.username }));
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    return Promise.resolve(refusal(401, "invalid_token"));
  }
};

function refusal(status: 400 | 401, error: string) {
  return json(status, { error }, { "www-authenticate": `Bearer error="${error}"` });
}
