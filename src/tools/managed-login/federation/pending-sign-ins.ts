import { randomBytes } from "node:crypto";
import type { ProviderAccount } from "./provider-account.ts";

/** A browser that was sent to a provider. */
export interface PendingSignIn {
  readonly provider: string;
  /** The parameters of `/oauth2/authorize`. */
  readonly parameters: string;
  /** Where the app wants its user back. */
  readonly redirectUri: string;
  /** The cookie of the browser that began it. */
  readonly browser: string;
}

/** What came of a return from a provider. */
export type Returned =
  | { readonly kind: "account"; readonly pending: PendingSignIn; readonly account: ProviderAccount }
  | { readonly kind: "cancelled"; readonly pending: PendingSignIn }
  | { readonly kind: "refused"; readonly why: string };

/** Somebody may look for a password; nobody needs longer. */
const STATE_MS = 10 * 60_000;
const CODE_MS = 60_000;

interface Held extends PendingSignIn {
  readonly until: number;
}

/** The sign-ins of this run that are at a provider. Each state and each code is valid once, and for one browser. */
export class PendingSignIns {
  readonly #pending = new Map<string, Held>();
  readonly #codes = new Map<string, { state: string; account: ProviderAccount; until: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the state */
  begin(pending: PendingSignIn): string {
    for (const [state, { until }] of this.#pending) if (this.#now() >= until) this.#pending.delete(state);
    for (const [code, { until }] of this.#codes) if (this.#now() >= until) this.#codes.delete(code);
    const state = secret();
    this.#pending.set(state, { ...pending, until: this.#now() + STATE_MS });
    return state;
  }

  /** The sign-in of a state, as long as it waits. @param browser the cookie */
  at(state: string, browser: string | undefined): PendingSignIn | undefined {
    const held = this.#pending.get(state);
    return held !== undefined && this.#now() < held.until && held.browser === browser ? held : undefined;
  }

  /** @returns the code with which the provider sends the browser back */
  choose(state: string, account: ProviderAccount): string {
    const code = secret();
    this.#codes.set(code, { state, account, until: this.#now() + CODE_MS });
    return code;
  }

  /** Takes state and code away, whatever comes of them. @param code null: the user went back without an account */
  finish(state: string, code: string | null, browser: string | undefined): Returned {
    const pending = this.at(state, browser);
    const chosen = code === null ? undefined : this.#codes.get(code);
    if (code !== null) this.#codes.delete(code);
    // The sign-in of another browser goes on: only its own browser can end it.
    if (pending === undefined)
      return { kind: "refused", why: "the sign-in at the provider is over, or another browser's" };
    this.#pending.delete(state);
    if (code === null) return { kind: "cancelled", pending };
    if (chosen === undefined || chosen.state !== state || this.#now() >= chosen.until) {
      return { kind: "refused", why: "the provider did not give this code" };
    }
    return { kind: "account", pending, account: chosen.account };
  }
}

export const secret = () => randomBytes(32).toString("base64url");
