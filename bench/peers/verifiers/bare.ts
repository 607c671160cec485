import { createPublicKey, verify } from "node:crypto";
import type { Trust } from "../tokens.ts";
import { type Claims, checked, type Verify } from "./claims.ts";

/**
 * Node's crypto and nothing else. Judges every other side, and is the least that a verification costs: it trusts the form
 * of the token.
 */
export function bareVerifier(trust: Trust): Verify {
  const key = createPublicKey(trust.pem);
  const [jwk] = trust.jwks.keys;
  return (token) => {
    const end = token.lastIndexOf(".");
    const [header = "", payload = ""] = token.slice(0, end).split(".");
    const { alg, kid } = parsed(header);
    if (alg !== "RS256" || kid !== jwk?.kid) throw new Error("another key");
    const signature = Buffer.from(token.slice(end + 1), "base64url");
    if (!verify("RSA-SHA256", Buffer.from(token.slice(0, end)), key, signature)) throw new Error("forged");
    const claims = parsed(payload);
    if (Number(claims["exp"]) <= Date.now() / 1000) throw new Error("expired");
    return checked(claims, trust);
  };
}

function parsed(part: string): Claims {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Claims;
}
