import { randomUUID } from "node:crypto";

/** The cookie of a browser that signed in, as Cognito names it. */
export const SESSION_COOKIE = "cognito";

/** A browser stays signed in for an hour; Cognito does not let anybody change that. */
const SESSION_MS = 60 * 60_000;

/** The browsers of this run that are signed in at the pages. */
export class BrowserSessions {
  readonly #sessions = new Map<string, { readonly sub: string; readonly until: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param sub of the user: a name may be somebody else's before the session ends. @returns the value of the cookie */
  begin(sub: string): string {
    for (const [id, { until }] of this.#sessions) if (this.#now() >= until) this.#sessions.delete(id);
    const id = randomUUID();
    this.#sessions.set(id, { sub, until: this.#now() + SESSION_MS });
    return id;
  }

  /** The `sub` of the user who is signed in. @param id the value of the cookie */
  subOf(id: string | undefined): string | undefined {
    const session = id === undefined ? undefined : this.#sessions.get(id);
    return session !== undefined && this.#now() < session.until ? session.sub : undefined;
  }

  end(id: string | undefined): void {
    if (id !== undefined) this.#sessions.delete(id);
  }
}

// Not `Secure`: this pool is served over http, on this machine only.
export const sessionCookie = (id: string) => `${SESSION_COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`;

export const endedCookie = `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;
