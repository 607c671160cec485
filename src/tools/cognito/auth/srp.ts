import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { paddedHex } from "./password-record.ts";
import { SRP_PRIME as N, power, powerOfGenerator, SRP_GENERATOR } from "./srp-group.ts";

// The server's half of Cognito's SRP-6a. Its ways are not written down by AWS; these are those of AWS's own clients:
// numbers are hashed as signed big-endian, the session key is 16 bytes of HKDF-SHA256, and the proof is an HMAC.

/** The server's side of one exchange. Hexadecimal numbers; plain JSON. */
export interface SrpExchange {
  /** `A`, the client's public value. */
  readonly clientPublic: string;
  /** `b` */
  readonly serverPrivate: string;
  /** `B = kv + g^b mod N` */
  readonly serverPublic: string;
  readonly verifier: string;
  /** Opaque for the client (base64), and part of its proof. */
  readonly secretBlock: string;
}

/** What a client proves that it has the password with. */
export interface SrpClaim {
  /** Base64. */
  readonly signature: string;
  readonly secretBlock: string;
  readonly timestamp: string;
}

/** `k = H(N, g)` */
const K = hashOf(N, SRP_GENERATOR);

const PRIVATE_BYTES = 64;
/** AWS's has about this length. */
const SECRET_BLOCK_BYTES = 1024;

/** RFC 5054 section 2.5.4: with `A mod N = 0` everyone knows the session key. Also false for text without a number. */
export function isClientPublic(text: string): boolean {
  return /^[0-9a-f]{1,1024}$/i.test(text) && BigInt(`0x${text}`) % N !== 0n;
}

/** Answers the public value of a client, which `isClientPublic`. */
export function answerSrp(clientPublic: string, verifier: string): SrpExchange {
  const b = BigInt(`0x${randomBytes(PRIVATE_BYTES).toString("hex")}`);
  const B = (K * BigInt(`0x${verifier}`) + powerOfGenerator(b)) % N;
  return {
    clientPublic,
    serverPrivate: b.toString(16),
    serverPublic: B.toString(16),
    verifier,
    secretBlock: randomBytes(SECRET_BLOCK_BYTES).toString("base64"),
  };
}

/**
 * Whether the claim proves the password that the verifier was made of.
 *
 * @param poolName the user pool's id after `_`
 * @param userId `USER_ID_FOR_SRP`
 */
export function provesPassword(
  exchange: SrpExchange,
  poolName: string,
  userId: string,
  { signature, secretBlock, timestamp }: SrpClaim,
): boolean {
  const wanted = createHmac("sha256", sessionKey(exchange))
    .update(poolName)
    .update(userId)
    .update(Buffer.from(secretBlock, "base64"))
    .update(timestamp)
    .digest();
  const given = Buffer.from(signature, "base64");
  return (
    secretBlock === exchange.secretBlock && given.length === wanted.length && timingSafeEqual(given, wanted)
  );
}

/** `HKDF((A v^u)^b, u)` */
function sessionKey({ clientPublic, serverPrivate, serverPublic, verifier }: SrpExchange): Uint8Array {
  const A = BigInt(`0x${clientPublic}`);
  const u = hashOf(A, BigInt(`0x${serverPublic}`));
  const secret = power((A * power(BigInt(`0x${verifier}`), u)) % N, BigInt(`0x${serverPrivate}`));
  return new Uint8Array(hkdfSync("sha256", padded(secret), padded(u), "Caldera Derived Key", 16));
}

function hashOf(...numbers: readonly bigint[]): bigint {
  const hash = createHash("sha256");
  for (const number of numbers) hash.update(padded(number));
  return BigInt(`0x${hash.digest("hex")}`);
}

function padded(number: bigint): Buffer {
  return Buffer.from(paddedHex(number.toString(16)), "hex");
}
