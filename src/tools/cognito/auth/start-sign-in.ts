import type { JsonObject } from "../../../json.ts";
import { textOf } from "../../../json.ts";
import { invalidParameter } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import { requiredText } from "../operations/operation.ts";
import type { AuthFlow } from "./auth-flows.ts";
import { startChoice } from "./choice.ts";
import { startCustom } from "./custom-challenge.ts";
import { afterPassword } from "./next-step.ts";
import { assertNotLocked, preAuthenticated, provePassword } from "./password-factor.ts";
import { signInAfterSignUp } from "./sign-up-session.ts";
import { challengeVerifier } from "./srp-challenge.ts";
import { type AuthCall, firstOf, type Step } from "./step.ts";
import { wrongPassword } from "./unknown-user.ts";
import { migratedUser } from "./user-migration.ts";

/** Every flow that begins with a user; a refresh begins nothing. */
export type SignInFlow = Exclude<AuthFlow, "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN">;

/**
 * Begins a sign-in. Whether the client may use the flow is for the caller to say.
 *
 * @param parameters as `AuthParameters`
 * @param session of `ConfirmSignUp`, for `USER_AUTH`
 * @throws CognitoError
 */
export async function startSignIn(
  call: AuthCall,
  flow: SignInFlow,
  parameters: JsonObject,
  session?: string,
): Promise<Step> {
  if (session !== undefined && flow !== "USER_AUTH")
    throw invalidParameter(`A Session is for USER_AUTH, not ${flow}`);
  const name = requiredText(parameters, "USERNAME");
  switch (flow) {
    case "USER_SRP_AUTH": {
      const srpA = requiredText(parameters, "SRP_A");
      const user = await begun(call, call.pool.users.find(name) ?? name);
      return challengeVerifier(call, user, firstOf(user), srpA, "block");
    }
    case "CUSTOM_AUTH": {
      const first = textOf(parameters["CHALLENGE_NAME"]);
      const srpA = first === "SRP_A" ? requiredText(parameters, "SRP_A") : undefined;
      return startCustom(call, await begun(call, call.pool.users.find(name) ?? name), srpA);
    }
    case "USER_AUTH": {
      const user = await begun(call, call.pool.users.find(name) ?? name);
      return session === undefined
        ? startChoice(call, user, parameters)
        : signInAfterSignUp(call, user, session);
    }
    case "USER_PASSWORD_AUTH":
    case "ADMIN_USER_PASSWORD_AUTH":
    case "ADMIN_NO_SRP_AUTH":
      return signInByPassword(call, name, requiredText(parameters, "PASSWORD"));
  }
}

/** Begins a sign-in with name and password, as the pages of managed login do. @throws CognitoError */
export async function signInByPassword(call: AuthCall, name: string, password: string): Promise<Step> {
  const found = call.pool.users.find(name) ?? (await migratedUser(call, name, password)) ?? name;
  assertNotLocked(call, found);
  const user = await preAuthenticated(call, found);
  return afterPassword(call, provePassword(call, user, password), firstOf(user), "PASSWORD");
}

/** What comes first in every other flow. */
async function begun(call: AuthCall, user: User | string): Promise<User | string> {
  if (typeof user === "string" && !call.client.preventUserExistenceErrors)
    throw wrongPassword(call.client, false);
  assertNotLocked(call, user);
  return preAuthenticated(call, user);
}
