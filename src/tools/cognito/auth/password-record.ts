import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { PasswordRecord } from "../directory/user.ts";
import { powerOfGenerator } from "./srp-group.ts";

const SALT_BYTES = 16;

/** 3072 bits. */
const VERIFIER_DIGITS = 768;

/**
 * What is kept of a new password: a salt and the SRP verifier, from which the password cannot be read.
 *
 * @param userPoolId e.g. `us-east-1_LocalPool`; its part after `_` is in the verifier, and so is the username
 */
export function passwordRecord(userPoolId: string, username: string, password: string): PasswordRecord {
  const salt = newSalt();
  return { salt, verifier: verifierOf(salt, userPoolId, username, password) };
}

/** A number as clients write it again: without zeros in front, but for one byte where the first bit is set. */
const newSalt = () => paddedHex(BigInt(`0x${randomBytes(SALT_BYTES).toString("hex")}`).toString(16));

/** Whether this is the password of the record. Takes as long for a wrong one. */
export function isPassword(
  { salt, verifier }: PasswordRecord,
  userPoolId: string,
  username: string,
  password: string,
): boolean {
  const given = Buffer.from(verifierOf(salt, userPoolId, username, password), "hex");
  const kept = Buffer.from(verifier, "hex");
  return given.length === kept.length && timingSafeEqual(given, kept);
}

/** `g^x mod N`, with `x = H(salt, H(pool, username, ":", password))` (RFC 5054 section 2.4, with SHA-256). */
function verifierOf(salt: string, userPoolId: string, username: string, password: string): string {
  const poolName = userPoolId.slice(userPoolId.indexOf("_") + 1);
  const inner = createHash("sha256").update(`${poolName}${username}:${password}`).digest();
  const x = createHash("sha256").update(Buffer.from(salt, "hex")).update(inner).digest("hex");
  return powerOfGenerator(BigInt(`0x${x}`))
    .toString(16)
    .padStart(VERIFIER_DIGITS, "0");
}

/** Cognito's clients hash numbers as signed big-endian: a leading zero byte where the first bit is set. */
export function paddedHex(hex: string): string {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return /^[89a-f]/i.test(even) ? `00${even}` : even;
}
