import { type JsonObject, objectOf, textOf } from "../../../../json.ts";
import { CognitoError, notAuthorized } from "../cognito-error.ts";
import type { LocalPool } from "../local-pool.ts";
import { assertPassword } from "../password-policy.ts";
import type { ClientPlan } from "../pool-plan.ts";
import {
  assertEnabled,
  existingUser,
  findUser,
  type Operation,
  requiredText,
  sameCase,
  userClient,
} from "./operation.ts";
import { refresh } from "./refresh.ts";

/** `InitiateAuth` with a password or a refresh token; SRP and custom challenges are not emulated. */
export const initiateAuth: Operation = async (pool, request) => {
  const client = userClient(pool, request);
  const flow = requiredText(request, "AuthFlow");
  const parameters = objectOf(request["AuthParameters"]);
  if (flow === "REFRESH_TOKEN_AUTH" || flow === "REFRESH_TOKEN") {
    assertFlow(client, ["ALLOW_REFRESH_TOKEN_AUTH"], flow);
    return refresh(pool, requiredText(parameters, "REFRESH_TOKEN"), client);
  }
  if (flow !== "USER_PASSWORD_AUTH") {
    throw new CognitoError(
      "InvalidParameterException",
      `the local stack cannot do this: ${flow}; use USER_PASSWORD_AUTH`,
    );
  }
  // The password flow also replaces SRP, which proves the same thing.
  assertFlow(client, ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"], flow);
  return signIn(pool, client.id, requiredText(parameters, "USERNAME"), requiredText(parameters, "PASSWORD"));
};

/** A client without a list has AWS's default one, which has these flows. */
function assertFlow({ explicitAuthFlows }: ClientPlan, allowing: readonly string[], flow: string): void {
  if (explicitAuthFlows === undefined || allowing.some((name) => explicitAuthFlows.includes(name))) return;
  throw new CognitoError("InvalidParameterException", `${flow} flow not enabled for this client`);
}

/** `AdminInitiateAuth`: what an administrator's server may do is the same sign-in. */
export const adminInitiateAuth: Operation = (pool, request) =>
  initiateAuth(pool, {
    ...request,
    AuthFlow: request["AuthFlow"] === "ADMIN_USER_PASSWORD_AUTH" ? "USER_PASSWORD_AUTH" : request["AuthFlow"],
  });

/** `RespondToAuthChallenge`: only with a session that was handed out, and only for its user. */
export const respondToAuthChallenge: Operation = async (pool, request) => {
  const client = userClient(pool, request);
  const responses = objectOf(request["ChallengeResponses"]);
  const user = await existingUser(pool, requiredText(responses, "USERNAME"));
  const session = requiredText(request, "Session");
  if (pool.sessions.get(session) !== user.Username) throw notAuthorized("Invalid session for the user.");
  const password = textOf(responses["NEW_PASSWORD"]);
  if (password !== undefined) assertPassword(password, pool.plan.passwordPolicy);
  const result = await pool.stock.run("RespondToAuthChallenge", {
    ...request,
    ChallengeResponses: { ...responses, USERNAME: user.Username },
  });
  pool.sessions.delete(session);
  const token = textOf(objectOf(result["AuthenticationResult"])["RefreshToken"]);
  if (token !== undefined) {
    // Read again: the record has the new password by now.
    const changed = await existingUser(pool, user.Username);
    await pool.stock.users.storeRefreshToken(pool.stock.context, token, changed);
  }
  return finish(pool, result, user.Username, client.accessTokenSeconds);
};

async function signIn(
  pool: LocalPool,
  clientId: string,
  username: string,
  password: string,
): Promise<JsonObject> {
  const user = await findUser(pool, username);
  if (user === null || user.Password !== password) throw notAuthorized("Incorrect username or password.");
  assertEnabled(user);
  const result = await pool.stock.run("InitiateAuth", {
    ClientId: clientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: sameCase(username), PASSWORD: password },
  });
  return finish(pool, result, user.Username, lifetime(pool, clientId));
}

const lifetime = (pool: LocalPool, clientId: string) =>
  pool.plan.clients.find(({ id }) => id === clientId)?.accessTokenSeconds ?? 3600;

/** Adds what cognito-local leaves out, and remembers whose session a challenge is. */
function finish(pool: LocalPool, result: JsonObject, username: string, expiresIn: number): JsonObject {
  const session = textOf(result["Session"]);
  if (session !== undefined) pool.sessions.set(session, username);
  if (result["AuthenticationResult"] === undefined) return result;
  const tokens = objectOf(result["AuthenticationResult"]);
  return { ...result, AuthenticationResult: { ...tokens, TokenType: "Bearer", ExpiresIn: expiresIn } };
}
