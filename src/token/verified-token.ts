import { ClaimgateError } from "../errors.ts";
import type { AccessTokenClaims } from "./claims-schema.ts";

interface Verified {
  readonly sub: string;
  /** The pool that issued it. */
  readonly userPoolId: string;
  /** The pool alias; undefined where one pool is configured without one. */
  readonly poolAlias: string | undefined;
  readonly clientId: string;
  /** The logical name of the app client in the configuration. */
  readonly client: string;
  readonly scopes: readonly string[];
  /** Epoch seconds. */
  readonly issuedAt: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** All claims, as signed. Read them by own property. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A person signed in. `clientId` and `scopes` say what the app may do, nothing about the person. */
export interface VerifiedUser extends Verified {
  readonly kind: "user";
  /** Names of Cognito groups, as in `cognito:groups`. */
  readonly groups: readonly string[];
}

/** An app client that acts for itself, by OAuth 2.0 client credentials. */
export interface VerifiedMachine extends Verified {
  readonly kind: "machine";
}

/** What a token proves, after every check. */
export type VerifiedToken = VerifiedUser | VerifiedMachine;

/** Which pool issued a token, and to which of its app clients. */
export interface IssuedTo {
  readonly userPoolId: string;
  readonly poolAlias: string | undefined;
  /** The logical name of the app client. */
  readonly client: string;
}

/**
 * Tells users from machines. A machine token is one whose `sub` is the `client_id` and that carries no
 * `username`; every user token carries a `username` (no trigger can remove it). What is neither, is refused:
 * to guess would give a machine the rights of `role:authenticated` or a user those of a client.
 *
 * @throws ClaimgateError token_claims_invalid
 */
export function proveKind(
  parsed: AccessTokenClaims,
  { userPoolId, poolAlias, client }: IssuedTo,
  claims: Readonly<Record<string, unknown>>,
): VerifiedToken {
  const { sub, clientId, scopes, username, issuedAt, expiresAt } = parsed;
  const common = { sub, userPoolId, poolAlias, clientId, client, scopes, issuedAt, expiresAt, claims };
  if (username !== undefined) return { kind: "user", ...common, groups: parsed.groups };
  if (sub === clientId) return { kind: "machine", ...common };
  throw new ClaimgateError("token_claims_invalid", "neither a user's token nor a machine's: no `username`");
}
