import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";

export function cognitoAt(url: string): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    endpoint: url,
    region: "us-east-1",
    // The SDK signs the calls of administrators. The pool does not look at the signature.
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
}
