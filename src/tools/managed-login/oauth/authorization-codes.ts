import { createHash, randomUUID, timingSafeEqual } from "node:crypto";

/** What an authorization code stands for. */
export interface CodeGrant {
  readonly clientId: string;
  readonly redirectUri: string;
  /** Of the user. */
  readonly sub: string;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  readonly resource: string | undefined;
  readonly codeChallenge: string | undefined;
}

/** A code counts for five minutes. */
const CODE_MS = 5 * 60_000;

/** The authorization codes of this run that are not exchanged yet: each counts once. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, { readonly grant: CodeGrant; readonly until: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  give(grant: CodeGrant): string {
    for (const [code, { until }] of this.#codes) if (this.#now() >= until) this.#codes.delete(code);
    const code = randomUUID();
    this.#codes.set(code, { grant, until: this.#now() + CODE_MS });
    return code;
  }

  /** Takes the code away, whatever comes of the exchange: a code that was seen by somebody else is worth nothing. */
  take(code: string): CodeGrant | undefined {
    const held = this.#codes.get(code);
    this.#codes.delete(code);
    return held === undefined || this.#now() >= held.until ? undefined : held.grant;
  }
}

/** Whether a verifier belongs to an S256 challenge (RFC 7636 section 4.6); a code without a challenge takes none. */
export function isVerifier(challenge: string | undefined, verifier: string | null): boolean {
  if (challenge === undefined) return verifier === null;
  if (verifier === null || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const given = createHash("sha256").update(verifier).digest("base64url");
  return timingSafeEqual(Buffer.from(given), Buffer.from(challenge));
}
