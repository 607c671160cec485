import type { JsonObject } from "../../../json.ts";
import { textOf } from "../../../json.ts";
import { CognitoError, invalidParameter } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import { existingUser, type Operation, requiredText, saveUser } from "../operations/operation.ts";
import { clientOf, type Pool } from "../pool.ts";
import { tokenCaller } from "../tokens/access-token-guard.ts";
import type { OpenChallenge } from "./challenges.ts";
import { unlockedKey } from "./second-factor-answer.ts";
import { matchingTotpStep, newTotpSecret } from "./totp.ts";

/** Who sets up an authenticator app: a user who is signed in, or one who has to before signing in. */
type Caller = { readonly accessToken: string } | { readonly session: string };

/**
 * `AssociateSoftwareToken`: a new secret. The former one stays valid until a code of the new one is verified: an access
 * token alone takes nobody's second factor away.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssociateSoftwareToken.html
 */
export const associateSoftwareToken: Operation = (pool, request) => {
  const caller = callerOf(pool, request);
  const secret = newTotpSecret();
  if ("session" in caller) {
    const { challenge } = setupOf(pool, caller.session);
    const session = passOn(pool, caller.session, challenge, { name: "MFA_SETUP", secret, verified: false });
    return Promise.resolve({ SecretCode: secret, Session: session });
  }
  const { user } = tokenCaller(pool, caller.accessToken);
  saveUser(pool, { ...user, mfa: { ...user.mfa, pendingTotpSecret: secret } });
  return Promise.resolve({ SecretCode: secret });
};

/** `VerifySoftwareToken`: the first code of the authenticator app. */
export const verifySoftwareToken: Operation = (pool, request) => {
  const caller = callerOf(pool, request);
  const code = requiredText(request, "UserCode");
  const device = textOf(request["FriendlyDeviceName"]);
  if ("session" in caller) {
    const { challenge, secret } = setupOf(pool, caller.session);
    const user = withToken(pool, existingUser(pool, challenge.username), secret, code, device);
    const enabled = [...new Set([...user.mfa.enabled, "SOFTWARE_TOKEN_MFA" as const])];
    saveUser(pool, { ...user, mfa: { ...user.mfa, enabled } });
    const session = passOn(pool, caller.session, challenge, { name: "MFA_SETUP", verified: true });
    return Promise.resolve({ Status: "SUCCESS", Session: session });
  }
  const { user } = tokenCaller(pool, caller.accessToken);
  saveUser(pool, withToken(pool, user, user.mfa.pendingTotpSecret, code, device));
  return Promise.resolve({ Status: "SUCCESS" });
};

/** @throws CognitoError where the request has both or none, or the pool has no software tokens */
function callerOf({ config }: Pool, request: JsonObject): Caller {
  const accessToken = textOf(request["AccessToken"]);
  const session = textOf(request["Session"]);
  if (!config.mfa.methods.includes("SOFTWARE_TOKEN_MFA")) {
    throw new CognitoError(
      "SoftwareTokenMFANotFoundException",
      "Software Token MFA has not been enabled by the userPool.",
    );
  }
  if (accessToken !== undefined && session === undefined) return { accessToken };
  if (accessToken === undefined && session !== undefined) return { session };
  throw invalidParameter("Expected either an AccessToken or a Session");
}

function setupOf(pool: Pool, session: string) {
  const challenge = pool.challenges.look(session, undefined);
  if (challenge.state.name !== "MFA_SETUP")
    throw invalidParameter("The session is not that of an MFA_SETUP challenge");
  return { challenge, secret: challenge.state.secret };
}

/** The challenge goes on under another session. */
function passOn(
  pool: Pool,
  session: string,
  challenge: OpenChallenge,
  state: OpenChallenge["state"],
): string {
  const client = clientOf(pool.config, challenge.clientId);
  return pool.challenges.open(client, pool.challenges.take(session, client), state);
}

/** @throws CognitoError `EnableSoftwareTokenMFAException` for a wrong code */
function withToken(
  pool: Pool,
  user: User,
  secret: string | undefined,
  code: string,
  device: string | undefined,
): User {
  if (secret === undefined)
    throw invalidParameter("There is no software token to verify: associate one first");
  const key = unlockedKey(pool, user);
  const step = matchingTotpStep(secret, code, pool.now());
  if (step === undefined) {
    pool.lockout.failed(key);
    throw new CognitoError(
      "EnableSoftwareTokenMFAException",
      "Code mismatch and fail enable Software Token MFA",
    );
  }
  pool.lockout.succeeded(key);
  const { pendingTotpSecret: _, totpDevice: _former, ...mfa } = user.mfa;
  const totpDevice = device === undefined ? {} : { totpDevice: device };
  return { ...user, mfa: { ...mfa, totpSecret: secret, totpStep: step, ...totpDevice } };
}
