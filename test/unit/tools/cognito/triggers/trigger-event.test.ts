import {
  clientCredentialsEvent,
  preTokenGenerationEvent,
  triggerEvent,
} from "../../../../../src/tools/cognito/triggers/trigger-event.ts";

const place = {
  region: "us-east-1",
  accountId: "000000000000",
  userPoolId: "us-east-1_LocalPool",
  issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool",
};

const call = {
  userName: "11111111-1111-4111-8111-000000000001",
  clientId: "localwebclient000000000001",
  clientMetadata: undefined,
  userAttributes: { email: "a@example.com" },
};

const groups = { groupsToOverride: ["customers"], iamRolesToOverride: [], preferredRole: null };

test("an event has the call, what the trigger has of its own, and no metadata where none was sent", () => {
  const response = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };

  expect(triggerEvent(place, "PreSignUp_SignUp", call, { validationData: null }, response)).toEqual({
    version: "1",
    triggerSource: "PreSignUp_SignUp",
    region: "us-east-1",
    userPoolId: "us-east-1_LocalPool",
    userName: call.userName,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: call.clientId },
    request: { userAttributes: call.userAttributes, validationData: null },
    response,
  });
});

test("an administrator's call has no app client", () => {
  const event = triggerEvent(
    place,
    "PreSignUp_AdminCreateUser",
    { ...call, clientId: undefined },
    { validationData: { k: "v" } },
    {},
  );

  expect(event).toMatchObject({
    callerContext: { clientId: "CLIENT_ID_NOT_APPLICABLE" },
    request: { validationData: { k: "v" } },
  });
});

test("a confirmation expects an empty response", () => {
  const withMetadata = { ...call, clientMetadata: { from: "app" } };
  const event = triggerEvent(place, "PostConfirmation_ConfirmSignUp", withMetadata, {}, {});

  expect(event).toMatchObject({ version: "1", request: { clientMetadata: { from: "app" } }, response: {} });
});

test.each([
  ["V1_0", "1", undefined, { claimsOverrideDetails: null }],
  ["V2_0", "2", ["s"], { claimsAndScopeOverrideDetails: null }],
  ["V3_0", "3", ["s"], { claimsAndScopeOverrideDetails: null }],
] as const)("pre-token-generation %s", (name, version, scopes, response) => {
  const event = preTokenGenerationEvent(place, name, "TokenGeneration_RefreshTokens", call, groups, ["s"]);

  expect(event).toMatchObject({ version, triggerSource: "TokenGeneration_RefreshTokens", response });
  expect((event["request"] as Record<string, unknown>)["scopes"]).toEqual(scopes);
  expect(event["request"]).toMatchObject({ groupConfiguration: groups });
});

test("a machine has neither groups nor attributes", () => {
  expect(clientCredentialsEvent(place, "client", ["orders-api/reports.read"], undefined)).toMatchObject({
    version: "3",
    triggerSource: "TokenGeneration_ClientCredentials",
    request: { userAttributes: {}, groupConfiguration: null, scopes: ["orders-api/reports.read"] },
  });
});
