import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2Client } from "@aws-sdk/client-apigatewayv2";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CognitoIdentityClient } from "@aws-sdk/client-cognito-identity";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { CREDENTIALS, REGION } from "./account.ts";
import { rehearsal } from "./rehearsal.ts";

const configuration = (endpoint = rehearsal().emulator) => ({
  region: REGION,
  credentials: CREDENTIALS,
  endpoint,
  maxAttempts: 1,
});

/** Clients of the AWS SDK for the emulator, with the rights of the account's root user. */
export const clients = {
  cloudFormation: () => new CloudFormationClient(configuration()),
  userPools: () => new CognitoIdentityProviderClient(configuration()),
  /** Through the bridge, so that an update resets what it leaves out. */
  userPoolsAsOnAws: () => new CognitoIdentityProviderClient(configuration(rehearsal().bridge)),
  identityPools: () => new CognitoIdentityClient(configuration()),
  lambda: () => new LambdaClient(configuration()),
  httpApis: () => new ApiGatewayV2Client(configuration()),
  restApis: () => new APIGatewayClient(configuration()),
};
