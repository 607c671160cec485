import { type SigningKey, signClaims } from "../../../cognito/tokens/signing.ts";
import { CognitoError } from "../cognito-error.ts";
import type { ClientPlan, PoolPlan } from "../pool-plan.ts";
import {
  type Attributes,
  clientCredentialsEvent,
  type GroupConfiguration,
  preTokenGenerationEvent,
} from "../trigger-event.ts";
import type { InvokeTrigger } from "../trigger-invoker.ts";
import { machineClaims, type SignIn, userClaims } from "./stock-claims.ts";
import { applyOverride, type TokenClaims } from "./token-override.ts";

/** A pool signs access tokens and identity tokens with different keys. */
export interface PoolKeys {
  readonly access: SigningKey;
  readonly id: SigningKey;
}

export interface IssuedTokens {
  readonly accessToken: string;
  /** undefined for a machine. */
  readonly idToken: string | undefined;
  /** What the tokens would say without the trigger: for the story that `npm start` tells. */
  readonly stock: TokenClaims;
  readonly claims: TokenClaims;
}

export interface TokenSubject {
  readonly username: string;
  readonly attributes: Attributes;
  readonly groups: GroupConfiguration;
}

/** Makes tokens as the planned pool would: stock claims, the trigger, the merge, the signature. */
export class TokenIssuer {
  readonly #plan: PoolPlan;
  readonly #keys: PoolKeys;
  readonly #invoke: InvokeTrigger;
  readonly #now: () => Date;
  /** The tokens made last. */
  last: IssuedTokens | undefined;

  constructor(plan: PoolPlan, keys: PoolKeys, invoke: InvokeTrigger, now: () => Date) {
    this.#plan = plan;
    this.#keys = keys;
    this.#invoke = invoke;
    this.#now = now;
  }

  /** @param source the `triggerSource`, e.g. `TokenGeneration_Authentication` */
  async forUser(
    subject: TokenSubject,
    client: ClientPlan,
    signIn: SignIn,
    source: string,
    clientMetadata: Attributes | undefined,
  ): Promise<IssuedTokens> {
    const stock = userClaims(subject, subject.groups, client, signIn, this.#seconds());
    const version = this.#plan.preTokenVersion;
    if (!this.#plan.triggers.has("PreTokenGeneration")) return this.#sign(stock, stock);
    const call = {
      userName: subject.username,
      clientId: client.id,
      clientMetadata,
      userAttributes: subject.attributes,
    };
    const event = preTokenGenerationEvent(version, source, call, subject.groups, signIn.scopes);
    const response = await this.#invoke("PreTokenGeneration", event);
    return this.#sign(stock, applyOverride(stock, version, response));
  }

  /** Only a pool with a V3_0 trigger is asked about machines. */
  async forMachine(
    client: ClientPlan,
    scopes: readonly string[],
    clientMetadata: Attributes | undefined,
  ): Promise<IssuedTokens> {
    const stock = machineClaims(client, scopes, this.#seconds());
    if (this.#plan.preTokenVersion !== "V3_0" || !this.#plan.triggers.has("PreTokenGeneration")) {
      return this.#sign(stock, stock);
    }
    const event = clientCredentialsEvent(client.id, scopes, clientMetadata);
    const response = await this.#invoke("PreTokenGeneration", event);
    return this.#sign(stock, applyOverride(stock, "V3_0", response));
  }

  #sign(stock: TokenClaims, claims: TokenClaims): IssuedTokens {
    const idToken = claims.id === undefined ? undefined : signClaims(claims.id, this.#keys.id);
    this.last = { accessToken: signClaims(claims.access, this.#keys.access), idToken, stock, claims };
    return this.last;
  }

  #seconds(): number {
    return Math.floor(this.#now().getTime() / 1000);
  }
}

/** The planned app client of this id. @throws CognitoError `ResourceNotFoundException` */
export function clientOf(plan: PoolPlan, id: string | undefined): ClientPlan {
  const client = plan.clients.find((candidate) => candidate.id === id);
  if (client === undefined) {
    throw new CognitoError("ResourceNotFoundException", `User pool client ${id ?? ""} does not exist.`);
  }
  return client;
}
