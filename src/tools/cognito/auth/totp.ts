import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

// RFC 6238 as authenticator apps have it, and Cognito: SHA-1, six digits, steps of 30 seconds.

const STEP_SECONDS = 30;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BITS = 5;

/** Cognito's secrets have 52 characters: 32 bytes. */
const SECRET_BYTES = 32;

/** A new shared secret, base32 without padding. */
export function newTotpSecret(): string {
  const bits = [...randomBytes(SECRET_BYTES)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET.charAt(Number.parseInt(group.padEnd(BITS, "0"), 2))).join("");
}

/** The code of a time step (RFC 4226 section 5.3). @param secret base32 */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const offset = hash.readUInt8(hash.length - 1) & 0x0f;
  return String((hash.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, "0");
}

/** @param now milliseconds since 1970 */
export const totpStepAt = (now: number) => Math.floor(now / 1000 / STEP_SECONDS);

/**
 * The time step whose code this is: the present one, the one before or the one after, as clocks differ.
 *
 * @returns undefined if it is the code of none of them
 */
export function matchingTotpStep(secret: string, code: string, now: number): number | undefined {
  const present = totpStepAt(now);
  return [present, present - 1, present + 1].find((step) => isSame(totpCode(secret, step), code));
}

function isSame(wanted: string, given: string): boolean {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(BITS, "0")).join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
