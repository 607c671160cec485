import { randomUUID } from "node:crypto";
import { type JsonObject, objectOf, textOf, textsOf } from "../../../../json.ts";
import type { SignIn } from "./stock-claims.ts";

/**
 * A refresh token: what it must remember of the sign-in, and a random part. It counts only while the user's
 * record lists it, so editing one gains nothing. On AWS it is encrypted; treat it as opaque.
 */
export function createRefreshToken(signIn: SignIn, clientId: string): string {
  const memory = Buffer.from(JSON.stringify({ ...signIn, clientId })).toString("base64url");
  return `${memory}.${randomUUID()}`;
}

/** The sign-in that a refresh token continues, and its client; undefined if it is not a refresh token. */
export function readRefreshToken(token: string): { signIn: SignIn; clientId: string } | undefined {
  let memory: JsonObject;
  try {
    memory = objectOf(JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8")));
  } catch {
    return undefined;
  }
  const originJti = textOf(memory["originJti"]);
  const clientId = textOf(memory["clientId"]);
  const authTime = memory["authTime"];
  if (originJti === undefined || clientId === undefined || typeof authTime !== "number") return undefined;
  return { signIn: { originJti, authTime, scopes: textsOf(memory["scopes"]) }, clientId };
}
