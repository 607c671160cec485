import { ClaimgateError } from "../errors.ts";
import type { AccessTokenClaims } from "./claims-schema.ts";
import type { EmergencyStop } from "./emergency-stop.ts";

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
  /** All claims as signed. Read them by own property. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** What is denied to everyone at the moment of this check; only from a check of the revocation list. */
  readonly stop?: EmergencyStop | undefined;
}

/** The token of a signed-in user. `clientId` and `scopes` describe the app, not the user. */
export interface VerifiedUser extends Verified {
  readonly kind: "user";
  /** Names of Cognito groups, as in `cognito:groups`. */
  readonly groups: readonly string[];
  /** When the user signed in, in epoch seconds: `auth_time`. A machine has it too, but never signs in. */
  readonly authTime?: number | undefined;
}

/** The token of an app client that acts for itself, by OAuth 2.0 client credentials. */
export interface VerifiedMachine extends Verified {
  readonly kind: "machine";
}

/** The identity that a token proves, after every check. */
export type VerifiedToken = VerifiedUser | VerifiedMachine;

/** The pool that issued a token, and its app client. */
export interface IssuedTo {
  readonly userPoolId: string;
  readonly poolAlias: string | undefined;
  /** The logical name of the app client. */
  readonly client: string;
}

/**
 * Distinguishes users from machines. The `sub` of a machine token is its `client_id`, and it has no `username`; every
 * user token has a `username`, which no trigger can remove. Anything else is refused: a guess could give a machine the
 * rights of `role:authenticated`, or a user those of a client.
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
  if (username !== undefined)
    return { kind: "user", ...common, groups: parsed.groups, authTime: parsed.authTime };
  if (sub === clientId) return { kind: "machine", ...common };
  throw new ClaimgateError(
    "token_claims_invalid",
    "the token is neither a user's nor a machine's: it has no `username`, and `sub` is not `client_id`",
  );
}
