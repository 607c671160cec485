const FREE_FAILURES = 5;
const LONGEST_MS = 15 * 60_000;

/** More names than a local pool sees; a guesser of names does not fill the memory. */
const KEPT = 10_000;

interface Failures {
  readonly count: number;
  /** Milliseconds since 1970: until then nothing is tried. */
  readonly lockedUntil: number;
  readonly lastAt: number;
}

/**
 * Counts wrong passwords and codes. After five in a row the next try has to wait for one second, and twice as long
 * after each further one, up to 15 minutes; tries meanwhile are ignored. After 15 minutes without a try the count
 * starts again.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html
 */
export class Lockout {
  readonly #now: () => number;
  readonly #failures = new Map<string, Failures>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param key whose secret is tried; a name without a user is locked like any other */
  isLocked(key: string): boolean {
    return this.#now() < (this.#failures.get(key)?.lockedUntil ?? 0);
  }

  failed(key: string): void {
    const now = this.#now();
    const before = this.#failures.get(key);
    const forgotten = before === undefined || now - before.lastAt >= LONGEST_MS + waitAfter(before.count);
    const count = forgotten ? 1 : before.count + 1;
    this.#failures.delete(key);
    this.#failures.set(key, { count, lastAt: now, lockedUntil: now + waitAfter(count) });
    if (this.#failures.size > KEPT) this.#failures.delete(this.#failures.keys().next().value ?? "");
  }

  succeeded(key: string): void {
    this.#failures.delete(key);
  }
}

/** In milliseconds. */
function waitAfter(failures: number): number {
  return failures < FREE_FAILURES ? 0 : Math.min(LONGEST_MS, 1000 * 2 ** (failures - FREE_FAILURES));
}
