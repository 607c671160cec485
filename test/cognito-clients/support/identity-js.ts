import type { CognitoUserSession, IAuthenticationCallback, NodeCallback } from "amazon-cognito-identity-js";

// amazon-cognito-identity-js answers by callbacks: here they are promises.

/** How a sign-in goes on. */
export type Outcome =
  | { readonly asks: "nothing"; readonly session: CognitoUserSession }
  | { readonly asks: "new password"; readonly attributes: Record<string, string> }
  | { readonly asks: "code by SMS" | "code of the app" | "set-up of MFA" | "choice of a method" }
  | { readonly asks: "custom"; readonly parameters: Record<string, string> };

/** What a step of a sign-in asks for next. */
export function asked(begin: (callbacks: IAuthenticationCallback) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    begin({
      onSuccess: (session) => resolve({ asks: "nothing", session }),
      onFailure: reject,
      newPasswordRequired: (attributes: Record<string, string>) =>
        resolve({ asks: "new password", attributes }),
      mfaRequired: () => resolve({ asks: "code by SMS" }),
      totpRequired: () => resolve({ asks: "code of the app" }),
      mfaSetup: () => resolve({ asks: "set-up of MFA" }),
      selectMFAType: () => resolve({ asks: "choice of a method" }),
      customChallenge: (parameters: Record<string, string>) => resolve({ asks: "custom", parameters }),
    });
  });
}

/** The session of a sign-in that is complete. */
export function sessionOf(outcome: Outcome): CognitoUserSession {
  if (outcome.asks !== "nothing") throw new Error(`the sign-in asks for ${outcome.asks}`);
  return outcome.session;
}

/** What a call gives that takes `onSuccess` and `onFailure`. */
export function done<Result>(
  call: (callbacks: { onSuccess: (result: Result) => void; onFailure: (error: unknown) => void }) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    call({ onSuccess: resolve, onFailure: reject });
  });
}

/** What a call gives that takes one callback, as Node has them. */
export function answered<Result>(call: (callback: NodeCallback<Error, Result>) => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      if (error instanceof Error) reject(error);
      else resolve(result as Result);
    });
  });
}
