/**
 * An error as the Cognito API answers it: 400 with `__type` and `message`. The names and texts are AWS's
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html and the page of each
 * operation).
 */
export class CognitoError extends Error {
  override readonly name = "CognitoError";
  /** e.g. `NotAuthorizedException` */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const notAuthorized = (message: string) => new CognitoError("NotAuthorizedException", message);

export const invalidParameter = (message: string) => new CognitoError("InvalidParameterException", message);

/** What this pool does not simulate is refused by its name, never accepted in silence. */
export const notSimulated = (what: string) =>
  new CognitoError("InvalidParameterException", `this local user pool does not simulate ${what}`);
