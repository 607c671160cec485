import { createPublicKey, verify } from "node:crypto";
import { type JsonObject, jsonIn, objectOf, textOf } from "../../../json.ts";
import type { SigningKey } from "./signing.ts";

/**
 * The claims of a token that one of the keys signed, whenever it expires.
 *
 * @param keys every key that the pool publishes
 */
export function signedClaims(token: string, keys: readonly SigningKey[]): JsonObject | undefined {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const kid = textOf(decoded(header)["kid"]);
  const key = keys.find((candidate) => candidate.kid === kid);
  return key !== undefined && isSigned(`${header}.${payload}`, signature, key) ? decoded(payload) : undefined;
}

function isSigned(input: string, signature: string, { publicJwk }: SigningKey): boolean {
  const key = createPublicKey({ key: { ...publicJwk }, format: "jwk" });
  return verify("RSA-SHA256", Buffer.from(input), key, Buffer.from(signature, "base64url"));
}

const decoded = (part: string) => objectOf(jsonIn(Buffer.from(part, "base64url").toString("utf8")));
