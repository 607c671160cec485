import { createDiffieHellman, createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { PasswordRecord } from "../directory/user.ts";

/** The 3072-bit group of RFC 3526 section 4, which Cognito's SRP uses, with the generator 2. */
export const SRP_PRIME = Buffer.from(
  "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD" +
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED" +
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F" +
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B" +
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510" +
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7" +
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C" +
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
  "hex",
);

export const SRP_GENERATOR = Buffer.from([2]);

const SALT_BYTES = 16;

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
  const x = createHash("sha256").update(Buffer.from(salt, "hex")).update(inner).digest();
  const group = createDiffieHellman(SRP_PRIME, SRP_GENERATOR);
  group.setPrivateKey(x);
  return group.generateKeys().toString("hex");
}

/** Cognito's clients hash numbers as signed big-endian: a leading zero byte where the first bit is set. */
export function paddedHex(hex: string): string {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return /^[89a-f]/i.test(even) ? `00${even}` : even;
}
