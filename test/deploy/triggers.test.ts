import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmSignUpCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { REGION } from "../support/emulator/account.ts";
import { clients } from "../support/emulator/clients.ts";
import { functionLog } from "../support/emulator/logs.ts";
import { claimsOf, createPerson, PASSWORD, refresh, signIn } from "../support/emulator/people.ts";
import { STAGE } from "../support/emulator/rehearsal.ts";
import { type DeployedStack, deployedStack } from "../support/emulator/stack.ts";

let stack: DeployedStack;
const pool = clients.userPools();

beforeAll(async () => {
  stack = await deployedStack(STAGE);
});

const signUp = (email: string) =>
  pool.send(
    new SignUpCommand({
      ClientId: stack.output("WebClientId"),
      Username: email,
      Password: PASSWORD,
      UserAttributes: [{ Name: "email", Value: email }],
    }),
  );

/** As a user with the code of the message; the emulator's code is always the same, and it proves no address. */
async function confirm(email: string): Promise<void> {
  await pool.send(
    new ConfirmSignUpCommand({
      ClientId: stack.output("WebClientId"),
      Username: email,
      ConfirmationCode: "123456",
    }),
  );
  await setAttribute(email, "email_verified", "true");
}

const setAttribute = (email: string, Name: string, Value: string) =>
  pool.send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId: stack.output("UserPoolId"),
      Username: email,
      UserAttributes: [{ Name, Value }],
    }),
  );

const groupsOf = async (email: string) => {
  const user = { UserPoolId: stack.output("UserPoolId"), Username: email };
  const { Groups = [] } = await pool.send(new AdminListGroupsForUserCommand(user));
  return Groups.map(({ GroupName }) => GroupName);
};

/** What Cognito would do next: invoke the deployed function with the user as the pool has them. */
async function postConfirmation(email: string): Promise<void> {
  const UserPoolId = stack.output("UserPoolId");
  const user = await pool.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
  const attributes = user.UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? [];
  const event = {
    version: "1",
    region: REGION,
    userPoolId: UserPoolId,
    userName: user.Username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: stack.output("WebClientId") },
    triggerSource: "PostConfirmation_ConfirmSignUp",
    request: { userAttributes: Object.fromEntries(attributes) as Record<string, string> },
    response: {},
  };
  const answer = await clients.lambda().send(
    new InvokeCommand({
      FunctionName: `claimgate-${STAGE}-postConfirmation`,
      Payload: JSON.stringify(event),
    }),
  );
  expect(answer.FunctionError).toBeUndefined();
  expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toEqual(event);
}

describe("pre-sign-up, called by the pool", () => {
  it("lets an address of a p2 row sign up, without confirming it", async () => {
    const answer = await signUp("erin@example.com");
    expect(answer.UserConfirmed).toBe(false);
    const user = { UserPoolId: stack.output("UserPoolId"), Username: "erin@example.com" };
    expect(await pool.send(new AdminGetUserCommand(user))).toMatchObject({ UserStatus: "UNCONFIRMED" });
  });

  it.each(["mallory@example.com", "erin@elsewhere.example"])(
    "refuses %s and tells why only the log",
    async (email) => {
      await expect(signUp(email)).rejects.toMatchObject({
        name: "UserLambdaValidationException",
        message: expect.stringContaining("This e-mail address cannot be used to sign up") as string,
      });
      const log = await functionLog(`claimgate-${STAGE}-preSignUp`);
      expect(log.at(-1)).toMatchObject({ kind: "sign-up-refused" });
    },
  );
});

describe("post-confirmation, with the rights of its deployed role", () => {
  it("puts a confirmed user in the groups of the g3 rows, once however often it is called", async () => {
    await signUp("frank@support.example.com");
    await confirm("frank@support.example.com");
    await postConfirmation("frank@support.example.com");
    await postConfirmation("frank@support.example.com");
    expect(await groupsOf("frank@support.example.com")).toEqual(["trainees"]);
    const log = await functionLog(`claimgate-${STAGE}-postConfirmation`);
    expect(log.map(({ kind }) => kind)).toEqual(["groups-assigned", "group-assignment-skipped"]);
  });

  it("gives no group for an unproven address", async () => {
    await signUp("grace@support.example.com");
    await confirm("grace@support.example.com");
    await setAttribute("grace@support.example.com", "email_verified", "false");
    await postConfirmation("grace@support.example.com");
    expect(await groupsOf("grace@support.example.com")).toEqual([]);
  });
});

describe("pre-token-generation, called by the pool", () => {
  it("puts roles in both tokens and named attributes in the access token", async () => {
    await createPerson(stack, "heidi@triggers.example", ["finance", "partners"], {
      "custom:tenant_id": "acme",
    });
    const { access, id } = await signIn(stack, "heidi@triggers.example");
    expect(claimsOf(access)).toMatchObject({
      token_use: "access",
      iss: stack.output("Issuer"),
      client_id: stack.output("WebClientId"),
      "cognito:groups": ["finance", "partners"],
      roles: ["finance", "partner", "viewer"],
      tenant_id: "acme",
    });
    expect(claimsOf(id)).toMatchObject({ token_use: "id", roles: ["finance", "partner", "viewer"] });
  });

  it("runs on every refresh: a user that lost a group loses its roles", async () => {
    await createPerson(stack, "ivan@triggers.example", ["support"]);
    const tokens = await signIn(stack, "ivan@triggers.example");
    expect(claimsOf(tokens.access)).toMatchObject({ roles: ["support", "viewer"] });
    await pool.send(
      new AdminRemoveUserFromGroupCommand({
        UserPoolId: stack.output("UserPoolId"),
        Username: "ivan@triggers.example",
        GroupName: "support",
      }),
    );
    expect(claimsOf(await refresh(stack, tokens.refresh))).toMatchObject({ roles: [] });
  });

  it("heals the groups that post-confirmation could not give, with the rights of its deployed role", async () => {
    await signUp("judy@example.com");
    await confirm("judy@example.com");
    const { access } = await signIn(stack, "judy@example.com");
    expect(claimsOf(access)).toMatchObject({ roles: ["customer"] });
    expect(await groupsOf("judy@example.com")).toEqual(["customers"]);
  });
});
