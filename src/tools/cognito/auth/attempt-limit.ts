import { CognitoError } from "../cognito-error.ts";

/**
 * AWS allows "between 5 and 20" attempts an hour for a password reset code, by risk, and says of other codes only that
 * there is a limit. The strictest number is for all of them.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-recover-a-user-account.html
 */
const MOST_FAILURES = 5;
const WINDOW_MS = 60 * 60_000;

/** More names than a local pool sees; a guesser of names does not fill the memory. */
const KEPT = 10_000;

interface Failures {
  readonly count: number;
  /** Milliseconds since 1970: then the count starts again. */
  readonly until: number;
}

/**
 * Counts wrong codes that were sent, and wrong passwords of users who change theirs. After five within an hour not even
 * the right one is taken until the hour is over. Another code that is sent does not start the count again.
 */
export class AttemptLimit {
  readonly #now: () => number;
  readonly #failures = new Map<string, Failures>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Runs one attempt, and counts it if it fails.
   *
   * @param purpose what is tried, e.g. `sign-up`: each is counted by itself
   * @param name the username, or what the caller gave where no user has that name
   * @param attempt throws where the secret is wrong
   * @throws CognitoError `LimitExceededException` instead of running it, after too many
   */
  guard<Result>(purpose: string, name: string, attempt: () => Result): Result {
    const key = JSON.stringify([purpose, name]);
    const before = this.#current(key);
    if (before !== undefined && before.count >= MOST_FAILURES) throw limitExceeded();
    try {
      const result = attempt();
      this.#failures.delete(key);
      return result;
    } catch (error) {
      const { count = 0, until = this.#now() + WINDOW_MS } = before ?? {};
      this.#failures.set(key, { count: count + 1, until });
      const [oldest] = this.#failures.keys();
      if (this.#failures.size > KEPT && oldest !== undefined) this.#failures.delete(oldest);
      throw error;
    }
  }

  #current(key: string): Failures | undefined {
    const failures = this.#failures.get(key);
    return failures !== undefined && this.#now() < failures.until ? failures : undefined;
  }
}

const limitExceeded = () =>
  new CognitoError("LimitExceededException", "Attempt limit exceeded, please try after some time.");
