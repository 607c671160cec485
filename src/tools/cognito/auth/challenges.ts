import { randomBytes } from "node:crypto";
import type { JsonObject } from "../../../json.ts";
import { notAuthorized } from "../cognito-error.ts";
import type { ClientConfig, MfaMethod } from "../config/pool-config.ts";
import type { SrpExchange } from "./srp.ts";

/** How far a custom sign-in is. */
export interface CustomProgress {
  /** `session` of the events: what was asked so far, and what came of it. */
  readonly results: readonly ChallengeResult[];
  /** The client's public value, where the sign-in begins with the password. */
  readonly srpA?: string;
}

export interface ChallengeResult {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string;
}

/** What the pool waits for, and what it needs to judge the answer. */
export type ChallengeState =
  | { readonly name: "PASSWORD_VERIFIER"; readonly srp: SrpExchange }
  | { readonly name: "PASSWORD" | "PASSWORD_SRP" }
  | { readonly name: "NEW_PASSWORD_REQUIRED" }
  | { readonly name: "SOFTWARE_TOKEN_MFA" }
  /** Of `ConfirmSignUp`: no challenge, but a proof. */
  | { readonly name: "SIGNED_UP" }
  | { readonly name: "SMS_MFA" | "EMAIL_OTP" | "SMS_OTP"; readonly code: string }
  | { readonly name: "SELECT_MFA_TYPE"; readonly choices: readonly MfaMethod[] }
  | { readonly name: "SELECT_CHALLENGE"; readonly choices: readonly string[] }
  /** `secret` of the authenticator app that is being set up (base32), and whether a code proved it. */
  | { readonly name: "MFA_SETUP"; readonly secret?: string; readonly verified: boolean }
  | { readonly name: "CUSTOM_CHALLENGE"; readonly privateParameters: JsonObject; readonly metadata?: string };

/** A sign-in that waits for an answer. */
export interface OpenChallenge {
  /** Of the user's record; the given name where no user has it, which the client must not notice. */
  readonly username: string;
  readonly userExists: boolean;
  readonly clientId: string;
  /** Whether a temporary password was replaced on the way here: tokens then have a source of their own. */
  readonly newPassword: boolean;
  /** Where triggers decide how it goes on. */
  readonly custom?: CustomProgress;
  readonly state: ChallengeState;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Whose challenge it is. */
export type Challenged = Pick<OpenChallenge, "username" | "userExists" | "newPassword" | "custom">;

/** A session that is used or expired is remembered for this long, to say why it is refused. */
const REMEMBERED_MS = 60 * 60_000;

/**
 * The open challenges of one pool, by their session: in memory, as no sign-in outlives a restart. A session is valid
 * once, and through its client only.
 */
export class Challenges {
  readonly #now: () => number;
  readonly #open = new Map<string, OpenChallenge>();
  /** Session -> until when it is remembered as used. */
  readonly #used = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the session that answers it */
  open(client: ClientConfig, whose: Challenged, state: ChallengeState, session = newSession()): string {
    this.#sweep();
    const { username, userExists, newPassword, custom } = whose;
    this.#open.set(session, {
      username,
      userExists,
      newPassword,
      ...(custom === undefined ? {} : { custom }),
      clientId: client.id,
      state,
      expiresAt: this.#now() + client.authSessionSeconds * 1000,
    });
    return session;
  }

  /** Takes a challenge, which is open no more. @throws CognitoError `NotAuthorizedException` */
  take(session: string, client: ClientConfig): OpenChallenge {
    const challenge = this.look(session, client);
    this.#open.delete(session);
    this.#used.set(session, this.#now() + REMEMBERED_MS);
    return challenge;
  }

  /** The challenge of a session, which stays open. @throws CognitoError `NotAuthorizedException` */
  look(session: string, client: Pick<ClientConfig, "id"> | undefined): OpenChallenge {
    if (this.#used.has(session)) {
      throw notAuthorized("Invalid session for the user, session can only be used once.");
    }
    const challenge = this.#open.get(session);
    if (challenge === undefined || (client !== undefined && challenge.clientId !== client.id)) {
      throw notAuthorized("Invalid session for the user.");
    }
    if (this.#now() >= challenge.expiresAt) {
      throw notAuthorized("Invalid session for the user, session is expired.");
    }
    return challenge;
  }

  /** Opens a challenge again, after an answer that may be corrected; its time goes on. */
  putBack(session: string, challenge: OpenChallenge): void {
    this.#used.delete(session);
    this.#open.set(session, challenge);
  }

  #sweep(): void {
    const now = this.#now();
    for (const [session, { expiresAt }] of this.#open) {
      if (now >= expiresAt + REMEMBERED_MS) this.#open.delete(session);
    }
    for (const [session, until] of this.#used) if (now >= until) this.#used.delete(session);
  }
}

/** Opaque; AWS's have between 20 and 2,048 characters. */
const newSession = () => randomBytes(96).toString("base64url");
