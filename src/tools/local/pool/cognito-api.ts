import { type JsonObject, textOf } from "../../../json.ts";
import { CognitoError, notAuthorized } from "./cognito-error.ts";
import { liveAccessToken } from "./live-access-token.ts";
import type { LocalPool } from "./local-pool.ts";
import { adminCreateUser } from "./operations/admin-create-user.ts";
import { confirmSignUp, resendConfirmationCode } from "./operations/confirm-sign-up.ts";
import { findUser, type Operation } from "./operations/operation.ts";
import { getTokensFromRefreshToken } from "./operations/refresh.ts";
import { adminInitiateAuth, initiateAuth, respondToAuthChallenge } from "./operations/sign-in.ts";
import { adminUserGlobalSignOut, globalSignOut } from "./operations/sign-out.ts";
import { signUp } from "./operations/sign-up.ts";
import { updateUserAttributes } from "./operations/update-user-attributes.ts";
import { assertPassword } from "./password-policy.ts";

/** The operations that this project does itself, where cognito-local differs from AWS in what matters here. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ["SignUp", signUp],
  ["ConfirmSignUp", confirmSignUp],
  ["ResendConfirmationCode", resendConfirmationCode],
  ["AdminCreateUser", adminCreateUser],
  ["InitiateAuth", initiateAuth],
  ["AdminInitiateAuth", adminInitiateAuth],
  ["RespondToAuthChallenge", respondToAuthChallenge],
  ["GetTokensFromRefreshToken", getTokensFromRefreshToken],
  ["GlobalSignOut", globalSignOut],
  ["AdminUserGlobalSignOut", adminUserGlobalSignOut],
  ["UpdateUserAttributes", updateUserAttributes],
]);

/** Where operations that cognito-local does name a new password. */
const NEW_PASSWORD: ReadonlyMap<string, string> = new Map([
  ["ChangePassword", "ProposedPassword"],
  ["ConfirmForgotPassword", "Password"],
  ["AdminSetUserPassword", "Password"],
]);

/**
 * Runs one operation of the Cognito API, by its name in `x-amz-target`.
 *
 * @throws CognitoError
 */
export async function runOperation(pool: LocalPool, name: string, request: JsonObject): Promise<JsonObject> {
  const token = textOf(request["AccessToken"]);
  if (token !== undefined) await liveAccessToken(pool, token);
  const own = OPERATIONS.get(name);
  if (own !== undefined) return own(pool, request);

  const password = textOf(request[NEW_PASSWORD.get(name) ?? ""]);
  if (password !== undefined) assertPassword(password, pool.plan.passwordPolicy);
  if (name === "AdminAddUserToGroup") await takeNewGroup(pool, request);
  return pool.stock.run(name, await byTrueName(pool, request)).catch((error: unknown) => {
    throw asOnAws(name, error);
  });
}

/** Codes that cognito-local gives another name: the operation and its code -> the error of AWS. */
const ERRORS_OF_AWS: ReadonlyMap<string, CognitoError> = new Map([
  ["ChangePassword InvalidPasswordException", notAuthorized("Incorrect username or password.")],
  [
    "VerifySoftwareToken CodeMismatchException",
    new CognitoError("EnableSoftwareTokenMFAException", "Code mismatch"),
  ],
]);

function asOnAws(operation: string, error: unknown): unknown {
  if (!(error instanceof CognitoError)) return error;
  return ERRORS_OF_AWS.get(`${operation} ${error.code}`) ?? error;
}

/** A row that names a new group is in force as soon as a function has read it, so its group has to be there too. */
async function takeNewGroup(pool: LocalPool, request: JsonObject): Promise<void> {
  const groups = await pool.stock.users.listGroups(pool.stock.context);
  if (!groups.some(({ GroupName }) => GroupName === request["GroupName"])) await pool.takeGroups();
}

/** cognito-local finds the groups of a user by the true name only, while AWS takes the address as well. */
async function byTrueName(pool: LocalPool, request: JsonObject): Promise<JsonObject> {
  const username = textOf(request["Username"]);
  const user = username === undefined ? null : await findUser(pool, username);
  return user === null ? request : { ...request, Username: user.Username };
}
