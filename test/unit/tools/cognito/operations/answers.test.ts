import { Readable } from "node:stream";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  DescribeIdentityProviderCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ForgotPasswordCommand,
  GetGroupCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  GetUserPoolMfaConfigCommand,
  ListGroupsCommand,
  ListIdentityProvidersCommand,
  ListResourceServersCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { type JsonObject, jsonIn, objectOf } from "../../../../../src/json.ts";
import { attributeSchema } from "../../../../../src/tools/cognito/config/attribute-schema.ts";
import { callOperation } from "../../../../../src/tools/cognito/operations/call-operation.ts";
import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import { accessTokenOf, confirmedUser, listed, PASSWORD } from "../../../../support/pool-calls.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const UserPoolId = "us-east-1_LocalPool";
const ClientId = "webclient";
const Username = "alice@example.com";

/** The SDK on a pool, without a network; `answer` is the last one of the pool. */
function sdkOn(pool: Pool) {
  let answer: JsonObject = {};
  const client = new CognitoIdentityProviderClient({
    region: "us-east-1",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    requestHandler: {
      async handle({ headers, body }: { headers: Record<string, string>; body: Uint8Array }) {
        const operation = headers["x-amz-target"]?.split(".")[1] ?? "";
        answer = await callOperation(pool, operation, objectOf(jsonIn(new TextDecoder().decode(body))));
        return { response: { statusCode: 200, headers: {}, body: Readable.from([JSON.stringify(answer)]) } };
      },
    },
  });
  return { client, answer: () => answer };
}

/** What the SDK made of an answer, with times as the pool gives them. */
function asSent(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(asSent);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, inner]) => name !== "$metadata" && inner !== undefined,
  );
  return Object.fromEntries(entries.map(([name, inner]) => [name, asSent(inner)]));
}

test("the SDK knows every member of every answer, by the type that it has", async () => {
  const pool = testPool({
    config: {
      schema: attributeSchema([
        { Name: "age", AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "1" } },
      ]),
      aliasAttributes: ["email"],
      mfa: { mode: "OPTIONAL", methods: ["SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"] },
      providers: [{ name: "Google", type: "Google", attributeMapping: { email: "email" } }],
      clients: [
        {
          ...testClient({
            AllowedOAuthFlows: ["code"],
            CallbackURLs: ["http://localhost:5173/"],
            LogoutURLs: ["http://localhost:5173/bye"],
            ReadAttributes: ["email"],
            WriteAttributes: ["email"],
            RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
            SupportedIdentityProviders: ["COGNITO"],
          }),
          scopes: ["orders/read"],
        },
      ],
    },
    triggers: {
      PreSignUp: (event: object) => event,
      PreTokenGeneration: (event: object) => event,
      CustomEmailSender: (event: object) => event,
    },
  });
  await confirmedUser(pool, Username);
  const AccessToken = await accessTokenOf(pool, Username);
  const { client, answer } = sdkOn(pool);
  const GroupName = "editors";
  const group = { GroupName, Description: "d", Precedence: 1, RoleArn: "arn:aws:iam::000000000000:role/r" };
  const link = {
    DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: Username },
    SourceUser: {
      ProviderName: "Google",
      ProviderAttributeName: "Cognito_Subject",
      ProviderAttributeValue: "1",
    },
  };
  const seen = async (sent: Promise<object>) => expect(asSent(await sent)).toEqual(answer());
  await seen(client.send(new SignUpCommand({ ClientId, Username: "bob@example.com", Password: PASSWORD })));
  await seen(client.send(new ResendConfirmationCodeCommand({ ClientId, Username: "bob@example.com" })));
  await seen(client.send(new ForgotPasswordCommand({ ClientId, Username })));
  await seen(client.send(new AdminCreateUserCommand({ UserPoolId, Username: "eve@example.com" })));
  await seen(client.send(new AdminLinkProviderForUserCommand({ UserPoolId, ...link })));
  await seen(client.send(new AdminGetUserCommand({ UserPoolId, Username })));
  await seen(client.send(new GetUserCommand({ AccessToken })));
  const UserAttributes = listed({ email: "new@example.com" });
  await seen(client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes })));
  const AttributeName = "email";
  await seen(client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName })));
  await seen(client.send(new CreateGroupCommand({ UserPoolId, ...group })));
  await seen(client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName })));
  await seen(client.send(new GetGroupCommand({ UserPoolId, GroupName })));
  await seen(client.send(new ListGroupsCommand({ UserPoolId })));
  await seen(client.send(new AdminListGroupsForUserCommand({ UserPoolId, Username })));
  await seen(client.send(new ListUsersInGroupCommand({ UserPoolId, GroupName, Limit: 1 })));
  await seen(client.send(new ListUsersCommand({ UserPoolId, Limit: 1 })));
  await seen(client.send(new DescribeUserPoolCommand({ UserPoolId })));
  await seen(client.send(new GetUserPoolMfaConfigCommand({ UserPoolId })));
  await seen(client.send(new ListUserPoolsCommand({ MaxResults: 1 })));
  await seen(client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId })));
  await seen(client.send(new ListUserPoolClientsCommand({ UserPoolId })));
  await seen(client.send(new ListIdentityProvidersCommand({ UserPoolId })));
  await seen(client.send(new DescribeIdentityProviderCommand({ UserPoolId, ProviderName: "Google" })));
  await seen(client.send(new ListResourceServersCommand({ UserPoolId, MaxResults: 1 })));
});
