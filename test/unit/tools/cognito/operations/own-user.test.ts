import { attributeSchema } from "../../../../../src/tools/cognito/config/attribute-schema.ts";
import type { PoolConfig } from "../../../../../src/tools/cognito/config/pool-config.ts";
import {
  accessTokenOf,
  call,
  confirmedUser,
  lastCode,
  listed,
  named,
  PASSWORD,
  refusal,
  shown,
} from "../../../../support/pool-calls.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

const Username = "alice@example.com";

/** A pool with alice, and a call by her access token. */
async function signedIn(config: Partial<PoolConfig> = {}) {
  const pool = testPool({ config });
  const username = await confirmedUser(pool, Username);
  const AccessToken = await accessTokenOf(pool, Username);
  return {
    pool,
    username,
    by: (operation: string, request: object = {}) => call(pool, operation, { AccessToken, ...request }),
    refused: (operation: string, request: object = {}) =>
      refusal(pool, operation, { AccessToken, ...request }),
    update: (values: Record<string, string>) => ({ AccessToken, UserAttributes: listed(values) }),
  };
}

describe("GetUser", () => {
  test("shows the user", async () => {
    const { by, username } = await signedIn();
    const answer = await by("GetUser");
    expect(answer["Username"]).toBe(username);
    expect(named(answer["UserAttributes"])).toEqual({
      sub: username,
      email: Username,
      email_verified: "true",
    });
  });

  test("shows what the app client may read, and the sub", async () => {
    const { by, username } = await signedIn({ clients: [testClient({ ReadAttributes: ["email"] })] });
    const attributes = named((await by("GetUser"))["UserAttributes"]);
    expect(attributes).toEqual({ sub: username, email: Username });
  });

  test("is refused for a token that is none of the pool", async () => {
    expect(await refusal(testPool(), "GetUser", { AccessToken: "a.b.c" })).toBe(
      "NotAuthorizedException: Invalid Access Token",
    );
  });

  test("is refused to a user who is disabled, or deleted", async () => {
    const { pool, refused } = await signedIn();
    await call(pool, "AdminDisableUser", { Username });
    expect(await refused("GetUser")).toBe("NotAuthorizedException: User is disabled.");
    await call(pool, "AdminDeleteUser", { Username });
    expect(await refused("GetUser")).toBe("UserNotFoundException: User does not exist.");
  });
});

describe("a new address", () => {
  test("counts at once, unverified, and gets a code", async () => {
    const { pool, by, update } = await signedIn({ verifyBeforeUpdate: [] });
    const answer = await call(pool, "UpdateUserAttributes", update({ email: "new@example.com" }));
    expect(answer).toEqual({
      CodeDeliveryDetailsList: [
        { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "n***@e***" },
      ],
    });
    expect(pool.mailbox.list()[0]).toMatchObject({ to: "new@example.com", about: "UpdateUserAttribute" });
    expect(await shown(pool, "new@example.com")).toMatchObject({
      UserAttributes: { email: "new@example.com", email_verified: "false" },
    });
    await by("VerifyUserAttribute", { AttributeName: "email", Code: lastCode(pool) });
    expect(await shown(pool, "new@example.com")).toMatchObject({
      UserAttributes: { email_verified: "true" },
    });
    expect(pool.users.find(Username)).toBeUndefined();
  });

  test("waits for its code where the pool says so", async () => {
    const { pool, by, refused, update } = await signedIn({ verifyBeforeUpdate: ["email"] });
    await call(pool, "UpdateUserAttributes", update({ email: "New@example.com", name: "Alice" }));
    expect(await shown(pool, Username)).toMatchObject({
      UserAttributes: { email: Username, email_verified: "true", name: "Alice" },
    });
    expect(pool.users.find("new@example.com")).toBeUndefined();
    expect(await refused("VerifyUserAttribute", { AttributeName: "email", Code: "" })).toMatch(/Missing/);
    expect(await by("GetUserAttributeVerificationCode", { AttributeName: "email" })).toEqual({
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "n***@e***" },
    });
    await by("VerifyUserAttribute", { AttributeName: "email", Code: lastCode(pool) });
    expect(await shown(pool, "new@example.com")).toMatchObject({
      UserAttributes: { email: "new@example.com", email_verified: "true" },
    });
  });

  test("that is another user's name is refused", async () => {
    const { pool, refused } = await signedIn();
    await confirmedUser(pool, "bob@example.com");
    const taken = { UserAttributes: listed({ email: "BOB@example.com" }) };
    expect(await refused("UpdateUserAttributes", taken)).toBe(
      "AliasExistsException: An account with the given email already exists.",
    );
    expect(pool.users.find("bob@example.com")?.attributes["email"]).toBe("bob@example.com");
  });

  test("that another user took meanwhile is refused when its code comes back", async () => {
    const { pool, refused, update } = await signedIn({ verifyBeforeUpdate: ["email"] });
    await call(pool, "UpdateUserAttributes", update({ email: "new@example.com" }));
    const Code = lastCode(pool);
    await confirmedUser(pool, "new@example.com");
    expect(await refused("VerifyUserAttribute", { AttributeName: "email", Code })).toBe(
      "AliasExistsException: An account with the given email already exists.",
    );
  });

  test("is not proven by a code that went to the former one", async () => {
    const { pool, by, refused, update } = await signedIn({
      verifyBeforeUpdate: [],
      autoVerifiedAttributes: ["email"],
      schema: attributeSchema([]),
    });
    await call(pool, "UpdateUserAttributes", update({ phone_number: "+15550000001" }));
    await by("GetUserAttributeVerificationCode", { AttributeName: "phone_number" });
    const Code = lastCode(pool);
    await call(pool, "UpdateUserAttributes", update({ phone_number: "+15550000002" }));
    expect(await refused("VerifyUserAttribute", { AttributeName: "phone_number", Code })).toBe(
      "ExpiredCodeException: Invalid code provided, please request a code again.",
    );
  });

  test("that is the one in force changes nothing", async () => {
    const { pool, update } = await signedIn();
    const before = pool.mailbox.list().length;
    expect(await call(pool, "UpdateUserAttributes", update({ email: Username }))).toEqual({
      CodeDeliveryDetailsList: [],
    });
    expect(await shown(pool, Username)).toMatchObject({ UserAttributes: { email_verified: "true" } });
    expect(pool.mailbox.list()).toHaveLength(before);
  });

  test.each([
    ["email", "no address", "Invalid email address format."],
    ["phone_number", "0555", "Invalid phone number format."],
  ])("of a wrong form is refused: %s %s", async (name, value, text) => {
    const { refused } = await signedIn();
    const request = { UserAttributes: listed({ [name]: value }) };
    expect(await refused("UpdateUserAttributes", request)).toBe(`InvalidParameterException: ${text}`);
  });
});

describe("an attribute", () => {
  const schema = attributeSchema([
    { Name: "tenant", Mutable: false },
    { Name: "team", Mutable: true, StringAttributeConstraints: { MinLength: "2", MaxLength: "4" } },
    { Name: "name", Required: true },
  ]);

  test("that the schema does not have is refused", async () => {
    const { refused } = await signedIn();
    expect(await refused("UpdateUserAttributes", { UserAttributes: listed({ "custom:x": "1" }) })).toBe(
      "InvalidParameterException: Attributes did not conform to the schema: " +
        "Type for attribute {custom:x} could not be determined",
    );
  });

  test("that may not change stays", async () => {
    const pool = testPool({ config: { schema } });
    const UserAttributes = listed({ name: "Alice", "custom:tenant": "a" });
    await confirmedUser(pool, Username, { UserAttributes });
    const request = { AccessToken: await accessTokenOf(pool, Username) };
    const change = { ...request, UserAttributes: listed({ "custom:tenant": "b" }) };
    const text = "InvalidParameterException: user.custom:tenant: Attribute cannot be updated.\n";
    expect(await refusal(pool, "UpdateUserAttributes", change)).toBe(text);
    expect(await refusal(pool, "AdminUpdateUserAttributes", { Username, ...change })).toBe(text);
    const removal = { ...request, UserAttributeNames: ["custom:tenant"] };
    expect(await refusal(pool, "DeleteUserAttributes", removal)).toBe(text);
  });

  test("goes with an empty value, or by its name, unless it is required", async () => {
    const pool = testPool({ config: { schema } });
    await confirmedUser(pool, Username, { UserAttributes: listed({ name: "Alice", "custom:team": "abc" }) });
    const AccessToken = await accessTokenOf(pool, Username);
    const attributes = async () => (await shown(pool, Username))["UserAttributes"];
    await call(pool, "UpdateUserAttributes", { AccessToken, UserAttributes: listed({ "custom:team": "" }) });
    expect(await attributes()).not.toHaveProperty("custom:team");
    await call(pool, "UpdateUserAttributes", { AccessToken, UserAttributes: listed({ nickname: "al" }) });
    expect(await attributes()).toHaveProperty("nickname", "al");
    await call(pool, "DeleteUserAttributes", { AccessToken, UserAttributeNames: ["nickname"] });
    expect(await attributes()).not.toHaveProperty("nickname");
    expect(await refusal(pool, "DeleteUserAttributes", { AccessToken, UserAttributeNames: ["name"] })).toBe(
      "InvalidParameterException: Attributes did not conform to the schema: name: The attribute is required\n",
    );
  });

  test("that the client may not write is refused", async () => {
    const { refused } = await signedIn({ clients: [testClient({ WriteAttributes: ["name"] })] });
    const text = "NotAuthorizedException: A client attempted to write unauthorized attribute";
    expect(await refused("UpdateUserAttributes", { UserAttributes: listed({ nickname: "x" }) })).toBe(text);
    expect(await refused("DeleteUserAttributes", { UserAttributeNames: ["nickname"] })).toBe(text);
    expect(
      await refused("UpdateUserAttributes", { UserAttributes: listed({ email_verified: "true" }) }),
    ).toBe(text);
  });

  test("has no code unless it is an address", async () => {
    const { refused } = await signedIn();
    expect(await refused("GetUserAttributeVerificationCode", { AttributeName: "name" })).toMatch(
      /^InvalidParameterException: the attribute `name` cannot be verified/,
    );
    expect(await refused("GetUserAttributeVerificationCode", { AttributeName: "phone_number" })).toMatch(
      /^InvalidParameterException: the user has no `phone_number`/,
    );
  });
});

test("DeleteUser deletes the user, and the name is free", async () => {
  const { pool, by, refused } = await signedIn();
  expect(await by("DeleteUser")).toEqual({});
  expect(pool.users.size).toBe(0);
  expect(await refused("GetUser")).toBe("UserNotFoundException: User does not exist.");
  expect(await call(pool, "SignUp", { Username, Password: PASSWORD })).toMatchObject({
    UserConfirmed: false,
  });
});
