import { CognitoError, notAuthorized } from "../cognito-error.ts";
import type { ClientConfig } from "../config/pool-config.ts";
import type { Attributes, SignIn, User } from "../directory/user.ts";
import { assertEnabled } from "../operations/operation.ts";
import type { Pool } from "../pool.ts";
import type { GroupConfiguration } from "../triggers/trigger-event.ts";
import { identityClaim } from "./stock-claims.ts";

/** The tokens of one sign-in, or of a refresh of it. */
export interface UserTokens {
  readonly accessToken: string;
  readonly idToken: string;
  /** undefined where a refresh gives no other one. */
  readonly refreshToken: string | undefined;
  /** Lifetime of the access token, in seconds. */
  readonly expiresIn: number;
}

export interface SignInRequest {
  /** The `triggerSource`, e.g. `TokenGeneration_Authentication`. */
  readonly source: string;
  readonly scopes: readonly string[];
  readonly nonce?: string | undefined;
  /** The API that the access tokens are for. */
  readonly resource?: string | undefined;
  readonly clientMetadata?: Attributes | undefined;
}

/** Begins a sign-in of a user who proved it, and makes its tokens. @throws CognitoError of the trigger */
export async function beginSignIn(
  pool: Pool,
  user: User,
  client: ClientConfig,
  { source, scopes, nonce, resource, clientMetadata }: SignInRequest,
): Promise<UserTokens> {
  assertEnabled(user);
  const begun = pool.signIns.begin({
    username: user.username,
    clientId: client.id,
    authTime: Math.floor(pool.now() / 1000),
    scopes,
    nonce,
    resource,
    hosted: source === "TokenGeneration_HostedAuth",
    expiresAt: pool.now() + client.refreshTokenSeconds * 1000,
  });
  const tokens = await tokensOf(pool, user, client, begun, source, clientMetadata);
  assertStillSignedIn(pool, begun.signIn);
  return tokens;
}

/**
 * Continues the sign-in of a refresh token: same time of authentication, same origin, new rights. Where the client
 * rotates, the answer has another refresh token, and the given one is valid only until its grace period ends.
 *
 * @throws CognitoError `NotAuthorizedException`, `RefreshTokenReuseException`, or that of the trigger
 */
export async function continueSignIn(
  pool: Pool,
  refreshToken: string,
  client: ClientConfig,
  clientMetadata?: Attributes,
): Promise<UserTokens> {
  const signIn = continuedSignIn(pool, refreshToken, client);
  const user = pool.users.find(signIn.username);
  if (user === undefined) throw notAuthorized("Invalid Refresh Token");
  assertEnabled(user);
  const source = "TokenGeneration_RefreshTokens";
  const tokens = await tokensOf(pool, user, client, { signIn, refreshToken }, source, clientMetadata);
  // Read again: while the trigger ran, the token may have been used.
  const now = continuedSignIn(pool, refreshToken, client);
  assertStillSignedIn(pool, now);
  const grace = client.rotationGraceSeconds;
  if (grace === undefined) return { ...tokens, refreshToken: undefined };
  return { ...tokens, refreshToken: pool.signIns.exchange(now, refreshToken, grace).refreshToken };
}

/** While the trigger ran, the user may have been disabled, deleted or signed out. */
function assertStillSignedIn({ signIns, users }: Pool, { id, username }: SignIn): void {
  const user = users.find(username);
  if (user === undefined || signIns.find(id)?.ended !== false)
    throw notAuthorized("User is not authenticated");
  assertEnabled(user);
}

/** The sign-in that the token continues, or why it does not. */
function continuedSignIn({ signIns, now }: Pool, refreshToken: string, client: ClientConfig): SignIn {
  const signIn = signIns.byToken(refreshToken);
  if (signIn === undefined || signIn.clientId !== client.id) throw notAuthorized("Invalid Refresh Token");
  if (signIn.ended) throw notAuthorized("Refresh Token has been revoked");
  if (now() >= signIn.expiresAt) throw notAuthorized("Refresh Token has expired");
  if (signIns.continuedBy(refreshToken) !== undefined) return signIn;
  throw new CognitoError(
    "RefreshTokenReuseException",
    "Refresh token was already used, and its grace period is over",
  );
}

async function tokensOf(
  pool: Pool,
  user: User,
  client: ClientConfig,
  { signIn, refreshToken }: { readonly signIn: SignIn; readonly refreshToken: string },
  source: string,
  clientMetadata: Attributes | undefined,
): Promise<UserTokens> {
  const subject = {
    username: user.username,
    attributes: user.attributes,
    eventAttributes: triggerAttributes(user),
    identities: user.identities,
    groups: groupConfiguration(pool, user),
  };
  const { accessToken, idToken } = await pool.tokens.forUser(subject, client, signIn, source, clientMetadata);
  return { accessToken, idToken: idToken ?? "", refreshToken, expiresIn: client.accessTokenSeconds };
}

/** What triggers that run after sign-up see of a user. */
export function triggerAttributes({ attributes, status, identities }: User): Attributes {
  return {
    ...attributes,
    ...(identities.length === 0 ? {} : { identities: JSON.stringify(identities.map(identityClaim)) }),
    "cognito:user_status": status,
  };
}

/** The groups of a user, and the roles that they bring. */
function groupConfiguration(pool: Pool, user: User): GroupConfiguration {
  const groups = user.groups.flatMap((name) => pool.groups.find(name) ?? []);
  const withRole = groups.filter(({ roleArn }) => roleArn !== undefined);
  const lowest = Math.min(...withRole.map(({ precedence }) => precedence ?? Number.POSITIVE_INFINITY));
  const best = withRole.filter(({ precedence }) => (precedence ?? Number.POSITIVE_INFINITY) === lowest);
  const preferred = new Set(best.map(({ roleArn }) => roleArn));
  return {
    groupsToOverride: groups.map(({ name }) => name),
    iamRolesToOverride: withRole.flatMap(({ roleArn }) => roleArn ?? []),
    // A tie of different roles leaves it unset, as on AWS.
    preferredRole: preferred.size === 1 ? ([...preferred][0] ?? null) : null,
  };
}
