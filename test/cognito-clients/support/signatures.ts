import assert from "node:assert/strict";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";

/** From now on new keys sign. */
export function rotateKeys(pool: UserPool): void {
  assert.ok(pool.rotateKeys !== undefined);
  pool.rotateKeys();
}

/** The token with one letter of its signature changed. */
export function tampered(token: string): string {
  const at = token.lastIndexOf(".") + 20;
  return `${token.slice(0, at)}${token.charAt(at) === "A" ? "B" : "A"}${token.slice(at + 1)}`;
}
