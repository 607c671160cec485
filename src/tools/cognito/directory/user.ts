import type { MfaMethod } from "../config/pool-config.ts";

/** Attribute name -> value; Cognito keeps every value as text. */
export type Attributes = Readonly<Record<string, string>>;

export type UserStatus =
  | "UNCONFIRMED"
  | "CONFIRMED"
  | "FORCE_CHANGE_PASSWORD"
  | "RESET_REQUIRED"
  | "EXTERNAL_PROVIDER";

/** What is kept of a password: enough to check it, and to prove it by SRP; never the password. */
export interface PasswordRecord {
  /** Hexadecimal. */
  readonly salt: string;
  /** SRP verifier `g^x mod N`, hexadecimal. */
  readonly verifier: string;
}

/** A code that was sent and is not used yet. */
export interface PendingCode {
  readonly code: string;
  /** The address that it proves, if it was sent. */
  readonly sentTo?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** A new value of the attribute, which is set once it is verified. */
  readonly value?: string;
}

/** Why a code was sent: a sign-up, a forgotten password, or the proof of an attribute. */
export type CodePurpose = "sign-up" | "forgot-password" | "email" | "phone_number";

/** A provider's account that signs in as this user. */
export interface LinkedIdentity {
  readonly providerName: string;
  readonly providerType: string;
  readonly userId: string;
  readonly primary: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface UserMfa {
  /** The shared secret of an authenticator app (base32), once it is verified. */
  readonly totpSecret?: string;
  /** The secret of an authenticator app that is being set up (base32): used once the user has shown a code of it. */
  readonly pendingTotpSecret?: string;
  /** The time step of the code that was taken last: neither it nor an earlier one is valid again. */
  readonly totpStep?: number;
  /** What the user calls the authenticator app. */
  readonly totpDevice?: string;
  readonly enabled: readonly MfaMethod[];
  readonly preferred?: MfaMethod;
}

/** A user's record: plain JSON, replaced whole. */
export interface User {
  readonly username: string;
  /** With `sub`. */
  readonly attributes: Attributes;
  readonly enabled: boolean;
  readonly status: UserStatus;
  readonly password?: PasswordRecord;
  /** Newest first; as many as the pool's password history asks for. */
  readonly formerPasswords?: readonly PasswordRecord[];
  /** When a temporary password expires, in milliseconds since 1970. */
  readonly temporaryUntil?: number;
  readonly codes: Readonly<Partial<Record<CodePurpose, PendingCode>>>;
  readonly mfa: UserMfa;
  readonly groups: readonly string[];
  readonly identities: readonly LinkedIdentity[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface Group {
  readonly name: string;
  readonly description?: string;
  readonly precedence?: number;
  readonly roleArn?: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** One sign-in, and every refresh of it: a family of refresh tokens. Its id is `origin_jti` of its tokens. */
export interface SignIn {
  readonly id: string;
  readonly username: string;
  readonly clientId: string;
  /** Seconds since 1970. */
  readonly authTime: number;
  readonly scopes: readonly string[];
  readonly nonce?: string;
  /** `aud` of its access tokens, where the request named an API. */
  readonly resource?: string;
  /** Begun at the OAuth endpoints: its scopes say whether it has ID tokens. One of the API always has them. */
  readonly hosted?: true;
  /**
   * SHA-256 of each refresh token that was given out for it (hexadecimal); of one that was exchanged, until when it
   * counts, in milliseconds since 1970.
   */
  readonly refreshTokens: readonly { readonly hash: string; readonly until?: number }[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly ended: boolean;
}
