import { CognitoUserPool } from "amazon-cognito-identity-js";

export function userPoolAt(url: string): CognitoUserPool {
  return new CognitoUserPool({
    UserPoolId: "us-east-1_LocalPool",
    ClientId: "localwebclient",
    endpoint: url,
  });
}
