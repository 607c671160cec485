import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** The public half of a signing key, in the five fields of a key that Cognito publishes. */
export interface PublicJwk {
  readonly alg: "RS256";
  readonly e: string;
  readonly kid: string;
  readonly kty: "RSA";
  readonly n: string;
  readonly use: "sig";
}

/** An RSA-2048 pair of a user pool that exists only on this machine. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: PublicJwk;
}

/** The claims of a token, before signing. */
export type Claims = Readonly<Record<string, unknown>>;

/** Creates a new RSA-2048 pair with this key id. */
export function createKeyPair(kid: string): SigningKey {
  return signingKeyOf(kid, generateKeyPairSync("rsa", { modulusLength: 2048 }));
}

/** An existing pair, with this key id. @throws TypeError if it is not RSA */
export function signingKeyOf(
  kid: string,
  pair: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
): SigningKey {
  const { n, e, kty } = pair.publicKey.export({ format: "jwk" });
  if (kty !== "RSA" || typeof n !== "string" || typeof e !== "string") {
    throw new TypeError("a user pool signs with RSA keys only");
  }
  return { kid, privateKey: pair.privateKey, publicJwk: { alg: "RS256", e, kid, kty: "RSA", n, use: "sig" } };
}

/** The contents of a pool's `/.well-known/jwks.json` with these keys. */
export function jwksOf(keys: readonly SigningKey[]): { readonly keys: readonly PublicJwk[] } {
  return { keys: keys.map(({ publicJwk }) => publicJwk) };
}

/** One part of a token: base64url without padding, of JSON or of a string as it is. */
export function encodePart(part: unknown): string {
  return Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
}

/**
 * Signs a token with RS256, whatever `header` claims; pass `{ kid: key.kid, alg: "RS256" }` for a truthful one. A
 * payload given as a string is signed as it is: attack tests need JSON that no object can represent.
 */
export function signToken(header: Claims, payload: Claims | string, key: SigningKey): string {
  const input = `${encodePart(header)}.${encodePart(payload)}`;
  return `${input}.${sign("RSA-SHA256", Buffer.from(input), key.privateKey).toString("base64url")}`;
}

/** Signs a token with a truthful header. */
export function signClaims(payload: Claims | string, key: SigningKey): string {
  return signToken({ kid: key.kid, alg: "RS256" }, payload, key);
}
