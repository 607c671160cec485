// Takes the place of sha256.ts in builds for a browser, whose own SHA-256 only answers asynchronously. The digests
// name policies and rows; they keep no secret. FIPS 180-4, https://doi.org/10.6028/NIST.FIPS.180-4

const BLOCK = 64;

/** SHA-256 of the text in UTF-8, as 64 hex digits. */
export function sha256(text: string): string {
  const message = padded(new TextEncoder().encode(text));
  const view = new DataView(message.buffer);
  const state = FIRST_STATE.slice();
  const schedule = new Uint32Array(BLOCK);
  for (let at = 0; at < message.length; at += BLOCK) {
    expand(schedule, view, at);
    compress(state, schedule);
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

/** The message, a one bit, zeros, and the length in bits: whole blocks. */
function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  message.set(bytes);
  message[bytes.length] = 0x80;
  new DataView(message.buffer).setBigUint64(message.length - 8, BigInt(bytes.length) * 8n);
  return message;
}

/** Section 6.2.2, step 1. */
function expand(schedule: Uint32Array, view: DataView, at: number): void {
  for (let t = 0; t < 16; t += 1) schedule[t] = view.getUint32(at + 4 * t);
  for (let t = 16; t < BLOCK; t += 1) {
    const [early, late] = [word(schedule, t - 15), word(schedule, t - 2)];
    const s0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
    const s1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
    schedule[t] = word(schedule, t - 16) + s0 + word(schedule, t - 7) + s1;
  }
}

/** Section 6.2.2, steps 2 to 4. */
function compress(state: Uint32Array, schedule: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < BLOCK; t += 1) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + word(CONSTANTS, t) + word(schedule, t)) | 0;
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = word(state, index) + value;
}

const word = (words: Uint32Array, index: number) => words[index] ?? 0;

const rotated = (value: number, by: number) => (value >>> by) | (value << (32 - by));

/** The first primes: section 4.2.2 and 5.3.3 take the fractions of their roots. */
const PRIMES = firstPrimes(BLOCK);

/** 32 bits of the fraction of a root: exact, since a double has 52 and the integer part needs at most five. */
const fraction = (root: number) => Math.floor((root % 1) * 2 ** 32);

const CONSTANTS = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const FIRST_STATE = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let next = 2; primes.length < count; next += 1) {
    if (primes.every((prime) => next % prime !== 0)) primes.push(next);
  }
  return primes;
}
