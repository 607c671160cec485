import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { openEmptyPool } from "../../../../../src/tools/local/gateways/empty-pool.ts";

test("the pool of a function that is invoked alone has no users", async () => {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new CognitoIdentityProviderClient({
    region: "us-east-1",
    endpoint: await openEmptyPool(),
    credentials,
  });
  try {
    const UserPoolId = "us-east-1_LocalPool";
    expect((await client.send(new ListUsersCommand({ UserPoolId }))).Users).toEqual([]);
    await expect(
      client.send(new AdminGetUserCommand({ UserPoolId, Username: "alice" })),
    ).rejects.toMatchObject({ name: "UserNotFoundException" });
  } finally {
    client.destroy();
  }
});
