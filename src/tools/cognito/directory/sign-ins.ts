import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Store } from "./journal.ts";
import type { SignIn } from "./user.ts";

const COLLECTION = "sign-ins";

/** So many tokens that are no longer valid are known as tokens of their sign-in, which can be revoked by them. */
const REMEMBERED = 20;

/** What a new sign-in is made of. */
export type NewSignIn = Pick<SignIn, "username" | "clientId" | "authTime" | "scopes" | "expiresAt"> & {
  readonly nonce?: string | undefined;
  readonly resource?: string | undefined;
  readonly hosted?: boolean;
};

/** A sign-in, and the refresh token that continues it: the only time that the token is seen. */
export interface Continued {
  readonly signIn: SignIn;
  readonly refreshToken: string;
}

/**
 * The sign-ins of one pool. Of refresh tokens only hashes are kept. A token names its sign-in, so that finding it needs
 * no search; on AWS it is encrypted, treat it as opaque.
 */
export class SignIns {
  readonly #store: Store;
  readonly #now: () => number;
  /** Username -> the ids of its sign-ins. */
  readonly #byUser = new Map<string, Set<string>>();

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
    // Nobody but this class writes the collection.
    for (const signIn of this.#all()) this.#index(signIn);
  }

  begin({ username, clientId, authTime, scopes, expiresAt, hosted = false, ...asked }: NewSignIn): Continued {
    const { nonce, resource } = asked;
    const id = randomUUID();
    const refreshToken = newToken(id);
    const signIn: SignIn = {
      id,
      username,
      clientId,
      authTime,
      scopes,
      ...(nonce === undefined ? {} : { nonce }),
      ...(resource === undefined ? {} : { resource }),
      ...(hosted ? { hosted } : {}),
      refreshTokens: [{ hash: hashOf(refreshToken) }],
      expiresAt,
      ended: false,
    };
    this.#save(signIn);
    return { signIn, refreshToken };
  }

  /** By `origin_jti`. */
  find(id: string): SignIn | undefined {
    return this.#store.entries(COLLECTION).get(id) as SignIn | undefined;
  }

  of(username: string): readonly SignIn[] {
    return [...(this.#byUser.get(username) ?? [])].flatMap((id) => this.find(id) ?? []);
  }

  /** The sign-in that a refresh token continues now; undefined if the token is not valid, or no longer. */
  continuedBy(refreshToken: string): SignIn | undefined {
    const signIn = this.byToken(refreshToken);
    if (signIn === undefined || signIn.ended || this.#now() >= signIn.expiresAt) return undefined;
    const { until } = tokenOf(signIn, refreshToken) ?? {};
    return until === undefined || this.#now() < until ? signIn : undefined;
  }

  /** The sign-in of a token that was given out for it, whether it is still valid or not. */
  byToken(refreshToken: string): SignIn | undefined {
    const signIn = this.find(idIn(refreshToken));
    return signIn !== undefined && tokenOf(signIn, refreshToken) !== undefined ? signIn : undefined;
  }

  /** Gives the next refresh token; the given one is valid until its grace period is over, which starts only once. */
  exchange(signIn: SignIn, given: string, graceSeconds: number): Continued {
    const refreshToken = newToken(signIn.id);
    const usual = this.#now() + graceSeconds * 1000;
    const before = signIn.refreshTokens.map(({ hash, until }) =>
      until === undefined && hash !== hashOf(given) ? { hash } : { hash, until: until ?? usual },
    );
    const kept = before.filter(
      ({ until }, index) => until === undefined || this.#now() < until || index >= before.length - REMEMBERED,
    );
    const next = { ...signIn, refreshTokens: [...kept, { hash: hashOf(refreshToken) }] };
    this.#save(next);
    return { signIn: next, refreshToken };
  }

  /** No refresh token of it is valid any more, and the pool's own API takes its access tokens no longer. */
  end(signIn: SignIn): void {
    this.#save({ ...signIn, ended: true });
  }

  endAllOf(username: string): void {
    for (const signIn of this.of(username)) if (!signIn.ended) this.end(signIn);
  }

  deleteAllOf(username: string): void {
    for (const signIn of this.of(username)) this.#delete(signIn);
  }

  /** Forgets the sign-ins that no token can continue. */
  forgetExpired(): void {
    for (const signIn of this.#all()) if (this.#now() >= signIn.expiresAt) this.#delete(signIn);
  }

  #all(): readonly SignIn[] {
    return [...this.#store.entries(COLLECTION).values()] as SignIn[];
  }

  #save(signIn: SignIn): void {
    this.#store.put(COLLECTION, signIn.id, signIn);
    this.#index(signIn);
  }

  #index({ id, username }: SignIn): void {
    const ids = this.#byUser.get(username) ?? new Set<string>();
    this.#byUser.set(username, ids.add(id));
  }

  #delete({ id, username }: SignIn): void {
    this.#store.delete(COLLECTION, id);
    const ids = this.#byUser.get(username);
    ids?.delete(id);
    if (ids?.size === 0) this.#byUser.delete(username);
  }
}

const tokenOf = ({ refreshTokens }: SignIn, refreshToken: string) =>
  refreshTokens.find(({ hash }) => hash === hashOf(refreshToken));

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

const newToken = (id: string) =>
  `${Buffer.from(id).toString("base64url")}.${randomBytes(48).toString("base64url")}`;

const idIn = (token: string) => Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8");
