import assert from "node:assert/strict";
import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserAttributesCommand,
  AdminDeleteUserCommand,
  AdminDisableProviderForUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  DescribeIdentityProviderCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetGroupCommand,
  GetUserPoolMfaConfigCommand,
  ListGroupsCommand,
  ListIdentityProvidersCommand,
  ListResourceServersCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  paginateListUsers,
  SignUpCommand,
  UpdateGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { addPerson, POOL_ID } from "../support/people.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { sdkFor, signIn } from "../support/sdk.ts";
import { claimsOf } from "../support/tokens.ts";
import { codeFor, newAddress, PASSWORD, startPool, webClient } from "../support/user-pool.ts";

const UserPoolId = POOL_ID;
const GOOGLE = { name: "Google", type: "Google", attributeMapping: { email: "email" } };

let pool: UserPool;
let sdk: CognitoIdentityProviderClient;

before(async () => {
  pool = await startPool({
    clients: [webClient({ scopes: ["openid", "orders/read"] })],
    providers: [GOOGLE],
  });
  sdk = sdkFor(pool);
});
after(() => pool.stop());

const adminGet = (Username: string) => sdk.send(new AdminGetUserCommand({ UserPoolId, Username }));

describe("the AWS SDK, administering users", () => {
  it("creates a user, whose times are dates", async () => {
    const email = newAddress();
    const created = await sdk.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: email,
        MessageAction: "SUPPRESS",
        UserAttributes: [{ Name: "email", Value: email }],
      }),
    );
    assert.equal(created.User?.UserStatus, "FORCE_CHANGE_PASSWORD");
    const user = await adminGet(email);
    assert.ok(user.UserCreateDate instanceof Date && user.UserCreateDate.getFullYear() > 2020);
    assert.equal(user.Username, created.User?.Username);
    await assert.rejects(sdk.send(new AdminCreateUserCommand({ UserPoolId, Username: email })), {
      name: "UsernameExistsException",
    });
  });

  it("confirms a sign-up without a code", async () => {
    const email = newAddress();
    await sdk.send(new SignUpCommand({ ClientId: "localwebclient", Username: email, Password: PASSWORD }));
    await sdk.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: email }));
    assert.equal((await adminGet(email)).UserStatus, "CONFIRMED");
    await signIn(sdk, email);
  });

  it("disables and enables a user", async () => {
    const email = await addPerson(pool);
    await sdk.send(new AdminDisableUserCommand({ UserPoolId, Username: email }));
    assert.equal((await adminGet(email)).Enabled, false);
    await assert.rejects(signIn(sdk, email), { message: "User is disabled." });
    await sdk.send(new AdminEnableUserCommand({ UserPoolId, Username: email }));
    await signIn(sdk, email);
  });

  it("writes and deletes attributes", async () => {
    const email = await addPerson(pool);
    const UserAttributes = [{ Name: "name", Value: "Ada" }];
    await sdk.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: email, UserAttributes }));
    const name = async () =>
      (await adminGet(email)).UserAttributes?.find(({ Name }) => Name === "name")?.Value;
    assert.equal(await name(), "Ada");
    await sdk.send(
      new AdminDeleteUserAttributesCommand({ UserPoolId, Username: email, UserAttributeNames: ["name"] }),
    );
    assert.equal(await name(), undefined);
  });

  it("sets and resets a password", async () => {
    const email = await addPerson(pool);
    const Password = "Another-Horse-8";
    await sdk.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password, Permanent: true }),
    );
    await signIn(sdk, email, Password);
    await sdk.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: email }));
    await assert.rejects(signIn(sdk, email, Password), { name: "PasswordResetRequiredException" });
    const ConfirmationCode = await codeFor(pool, email);
    const reset = { ClientId: "localwebclient", Username: email, Password: PASSWORD, ConfirmationCode };
    await sdk.send(new ConfirmForgotPasswordCommand(reset));
    await signIn(sdk, email);
  });

  it("deletes a user", async () => {
    const email = await addPerson(pool);
    await sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username: email }));
    await assert.rejects(adminGet(email), { name: "UserNotFoundException", message: "User does not exist." });
  });

  it("links an account of a provider, and unlinks it", async () => {
    const email = await addPerson(pool);
    const { Username = "" } = await adminGet(email);
    const SourceUser = {
      ProviderName: "Google",
      ProviderAttributeName: "Cognito_Subject",
      ProviderAttributeValue: "1234",
    };
    await sdk.send(
      new AdminLinkProviderForUserCommand({
        UserPoolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: Username },
        SourceUser,
      }),
    );
    const identities = async () =>
      (await adminGet(email)).UserAttributes?.find(({ Name }) => Name === "identities")?.Value;
    assert.match((await identities()) ?? "", /"providerName":"Google"/);
    await sdk.send(new AdminDisableProviderForUserCommand({ UserPoolId, User: SourceUser }));
    assert.equal(await identities(), undefined);
  });

  it("names the pool that does not exist", async () => {
    await assert.rejects(
      sdk.send(new AdminGetUserCommand({ UserPoolId: "us-east-1_Other", Username: "x" })),
      { name: "ResourceNotFoundException", message: "User pool us-east-1_Other does not exist." },
    );
  });
});

describe("the AWS SDK, listing users", () => {
  it("filters by the value of an attribute, by its beginning and by status", async () => {
    const email = await addPerson(pool, { family_name: "Lovelace" });
    await addPerson(pool, { family_name: "Lovett" });
    const found = async (Filter: string) =>
      (await sdk.send(new ListUsersCommand({ UserPoolId, Filter }))).Users?.length;
    assert.equal(await found('family_name = "Lovelace"'), 1);
    assert.equal(await found('family_name ^= "Love"'), 2);
    assert.equal(await found(`email = "${email}"`), 1);
    await sdk.send(new AdminDisableUserCommand({ UserPoolId, Username: email }));
    assert.equal(await found('status = "Disabled"'), 1);
    await assert.rejects(found("family_name"), {
      name: "InvalidParameterException",
      message: "Error while parsing filter.",
    });
  });

  it("answers page by page, each user once", async () => {
    for (let added = 0; added < 5; added += 1) await addPerson(pool);
    const names: (string | undefined)[] = [];
    let pages = 0;
    for await (const { Users = [] } of paginateListUsers({ client: sdk, pageSize: 2 }, { UserPoolId })) {
      assert.ok(Users.length <= 2);
      pages += 1;
      names.push(...Users.map(({ Username }) => Username));
    }
    assert.ok(pages >= 3);
    assert.equal(new Set(names).size, names.length);
    const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId }));
    assert.equal(names.length, UserPool?.EstimatedNumberOfUsers);
  });

  it("gives only the attributes that are asked for", async () => {
    const email = await addPerson(pool);
    const { Users } = await sdk.send(
      new ListUsersCommand({ UserPoolId, Filter: `email = "${email}"`, AttributesToGet: ["email"] }),
    );
    assert.deepEqual(Users?.[0]?.Attributes, [{ Name: "email", Value: email }]);
  });
});

describe("the AWS SDK, administering groups", () => {
  it("creates, changes, lists and deletes a group", async () => {
    const GroupName = "editors";
    await sdk.send(new CreateGroupCommand({ UserPoolId, GroupName, Description: "write", Precedence: 5 }));
    await assert.rejects(sdk.send(new CreateGroupCommand({ UserPoolId, GroupName })), {
      name: "GroupExistsException",
    });
    await sdk.send(new UpdateGroupCommand({ UserPoolId, GroupName, Precedence: 1 }));
    const { Group } = await sdk.send(new GetGroupCommand({ UserPoolId, GroupName }));
    assert.equal(Group?.Precedence, 1);
    assert.equal(Group?.Description, "write");
    const { Groups } = await sdk.send(new ListGroupsCommand({ UserPoolId }));
    assert.deepEqual(
      Groups?.map((group) => group.GroupName),
      [GroupName],
    );
    await sdk.send(new DeleteGroupCommand({ UserPoolId, GroupName }));
    await assert.rejects(sdk.send(new GetGroupCommand({ UserPoolId, GroupName })), {
      name: "ResourceNotFoundException",
    });
  });

  it("puts a user in a group, and the next token says so", async () => {
    const Username = await addPerson(pool);
    const membership = { UserPoolId, Username, GroupName: "readers" };
    await sdk.send(new CreateGroupCommand({ UserPoolId, GroupName: "readers" }));
    await sdk.send(new AdminAddUserToGroupCommand(membership));
    const { accessToken } = await signIn(sdk, Username);
    assert.deepEqual(claimsOf(accessToken)["cognito:groups"], ["readers"]);
    const { Groups } = await sdk.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
    assert.equal(Groups?.[0]?.GroupName, "readers");
    const members = async () =>
      (await sdk.send(new ListUsersInGroupCommand({ UserPoolId, GroupName: "readers" }))).Users?.length;
    assert.equal(await members(), 1);
    await sdk.send(new AdminRemoveUserFromGroupCommand(membership));
    assert.equal(await members(), 0);
    assert.equal(claimsOf((await signIn(sdk, Username)).accessToken)["cognito:groups"], undefined);
  });
});

describe("the AWS SDK, describing the pool", () => {
  it("reads the settings of the pool", async () => {
    const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId }));
    assert.equal(UserPool?.Id, UserPoolId);
    assert.equal(UserPool?.Policies?.PasswordPolicy?.MinimumLength, 8);
    assert.deepEqual(UserPool?.UsernameAttributes, ["email"]);
    const { UserPools } = await sdk.send(new ListUserPoolsCommand({ MaxResults: 10 }));
    assert.deepEqual(
      UserPools?.map(({ Id }) => Id),
      [UserPoolId],
    );
    const mfa = await sdk.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    assert.equal(mfa.MfaConfiguration, "OFF");
  });

  it("reads the settings of app clients, providers and resource servers", async () => {
    const { UserPoolClients } = await sdk.send(new ListUserPoolClientsCommand({ UserPoolId }));
    const [first] = UserPoolClients ?? [];
    const { UserPoolClient } = await sdk.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId: first?.ClientId }),
    );
    assert.equal(UserPoolClient?.ClientName, "web");
    assert.deepEqual(UserPoolClient?.AllowedOAuthFlows, ["code"]);
    const { Providers } = await sdk.send(new ListIdentityProvidersCommand({ UserPoolId }));
    assert.equal(Providers?.[0]?.ProviderName, "Google");
    const { IdentityProvider } = await sdk.send(
      new DescribeIdentityProviderCommand({ UserPoolId, ProviderName: "Google" }),
    );
    assert.deepEqual(IdentityProvider?.AttributeMapping, { email: "email" });
    const { ResourceServers } = await sdk.send(
      new ListResourceServersCommand({ UserPoolId, MaxResults: 10 }),
    );
    assert.equal(ResourceServers?.[0]?.Identifier, "orders");
  });
});
