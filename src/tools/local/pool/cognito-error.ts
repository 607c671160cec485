/** An error that the emulated Cognito answers with: status 400 and its code as `__type`, as on AWS. */
export class CognitoError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "CognitoError";
    this.code = code;
  }
}

export const notAuthorized = (message: string) => new CognitoError("NotAuthorizedException", message);

export const invalidParameter = (message: string) => new CognitoError("InvalidParameterException", message);
