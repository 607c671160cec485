import type { ClientConfig, PoolConfig } from "../config/pool-config.ts";
import type { Attributes, SignIn } from "../directory/user.ts";
import { clientCredentialsEvent, preTokenGenerationEvent } from "../triggers/trigger-event.ts";
import type { RunTrigger } from "../triggers/triggers.ts";
import { type SigningKey, signClaims } from "./signing.ts";
import { accessTokenHash, machineClaims, type TokenSubject, userClaims } from "./stock-claims.ts";
import { applyOverride, type TokenClaims } from "./token-override.ts";

/** A pool signs access tokens and identity tokens with different keys. */
export interface PoolKeys {
  readonly access: SigningKey;
  readonly id: SigningKey;
}

/** The keys of a pool over time: those that sign now, and every one that its JWKS still lists. */
export interface KeyRing {
  current(): PoolKeys;
  published(): readonly SigningKey[];
}

export interface IssuedTokens {
  readonly accessToken: string;
  /** undefined for a machine. */
  readonly idToken: string | undefined;
  /** What the tokens would say without the trigger. */
  readonly stock: TokenClaims;
  readonly claims: TokenClaims;
}

/** Told of every pair of tokens that is made, with what the trigger changed. */
export type IssuedListener = (issued: IssuedTokens) => void;

/** Makes tokens as the pool would: stock claims, the trigger, the merge, the signature. */
export class TokenIssuer {
  readonly #config: PoolConfig;
  readonly #keys: KeyRing;
  readonly #run: RunTrigger;
  readonly #now: () => number;
  readonly #listener: IssuedListener;
  /** The tokens made last. */
  last: IssuedTokens | undefined;

  constructor(
    config: PoolConfig,
    keys: KeyRing,
    run: RunTrigger,
    now: () => number,
    listener: IssuedListener = () => undefined,
  ) {
    this.#config = config;
    this.#keys = keys;
    this.#run = run;
    this.#now = now;
    this.#listener = listener;
  }

  /** @param source the `triggerSource`, e.g. `TokenGeneration_Authentication` */
  async forUser(
    subject: TokenSubject,
    client: ClientConfig,
    signIn: SignIn,
    source: string,
    clientMetadata: Attributes | undefined,
  ): Promise<IssuedTokens> {
    const { place, triggers, preTokenVersion } = this.#config;
    const stock = userClaims(place, subject, client, signIn, this.#seconds());
    if (!triggers.has("PreTokenGeneration")) return this.#sign(stock, stock);
    const call = {
      userName: subject.username,
      clientId: client.id,
      clientMetadata,
      userAttributes: subject.eventAttributes,
    };
    const event = preTokenGenerationEvent(
      place,
      preTokenVersion,
      source,
      call,
      subject.groups,
      signIn.scopes,
    );
    const response = await this.#run("PreTokenGeneration", event);
    return this.#sign(stock, applyOverride(stock, preTokenVersion, response));
  }

  /** Only a pool with a V3_0 trigger is asked about machines. */
  async forMachine(
    client: ClientConfig,
    scopes: readonly string[],
    clientMetadata: Attributes | undefined,
  ): Promise<IssuedTokens> {
    const { place, triggers, preTokenVersion } = this.#config;
    const stock = machineClaims(place, client, scopes, this.#seconds());
    if (preTokenVersion !== "V3_0" || !triggers.has("PreTokenGeneration")) return this.#sign(stock, stock);
    const event = clientCredentialsEvent(place, client.id, scopes, clientMetadata);
    const response = await this.#run("PreTokenGeneration", event);
    return this.#sign(stock, applyOverride(stock, "V3_0", response));
  }

  #sign(stock: TokenClaims, claims: TokenClaims): IssuedTokens {
    const { access, id } = this.#keys.current();
    const accessToken = signClaims(claims.access, access);
    const idToken =
      claims.id === undefined
        ? undefined
        : signClaims({ at_hash: accessTokenHash(accessToken), ...claims.id }, id);
    this.last = { accessToken, idToken, stock, claims };
    this.#listener(this.last);
    return this.last;
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }
}
