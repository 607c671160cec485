import { createPublicKey, verify } from "node:crypto";
import { type JsonObject, objectOf } from "../../../../json.ts";
import type { SigningKey } from "../../../cognito/tokens/signing.ts";
import { notAuthorized } from "../cognito-error.ts";

/**
 * The claims of an access token of this pool, for the operations that take one. cognito-local decodes without
 * verifying.
 *
 * @throws CognitoError `NotAuthorizedException`
 */
export function verifiedAccessToken(token: string, key: SigningKey, now: Date): JsonObject {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const publicKey = createPublicKey({ key: { ...key.publicJwk }, format: "jwk" });
  const input = Buffer.from(`${header}.${payload}`);
  if (!verify("RSA-SHA256", input, publicKey, Buffer.from(signature, "base64url"))) {
    throw notAuthorized("Invalid Access Token");
  }
  const claims = objectOf(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  if (claims["token_use"] !== "access") throw notAuthorized("Invalid Access Token");
  if (typeof claims["exp"] !== "number" || claims["exp"] * 1000 <= now.getTime()) {
    throw notAuthorized("Access Token has expired");
  }
  return claims;
}
