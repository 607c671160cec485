import {
  clientCredentialsEvent,
  postConfirmationEvent,
  preSignUpEvent,
  preTokenGenerationEvent,
} from "../../../../../src/tools/local/pool/trigger-event.ts";

const call = {
  userName: "11111111-1111-4111-8111-000000000001",
  clientId: "localwebclient000000000001",
  clientMetadata: undefined,
  userAttributes: { email: "a@example.com" },
};

const groups = { groupsToOverride: ["customers"], iamRolesToOverride: [], preferredRole: null };

test("a sign-up without validation data says null, and has no metadata", () => {
  expect(preSignUpEvent("PreSignUp_SignUp", call, null)).toEqual({
    version: "1",
    triggerSource: "PreSignUp_SignUp",
    region: "us-east-1",
    userPoolId: "us-east-1_LocalPool",
    userName: call.userName,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: call.clientId },
    request: { userAttributes: call.userAttributes, validationData: null },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
});

test("an administrator's call has no app client", () => {
  const event = preSignUpEvent("PreSignUp_AdminCreateUser", { ...call, clientId: null }, { k: "v" });

  expect(event).toMatchObject({
    callerContext: { clientId: "CLIENT_ID_NOT_APPLICABLE" },
    request: { validationData: { k: "v" } },
  });
});

test("a confirmation expects an empty response", () => {
  const event = postConfirmationEvent("PostConfirmation_ConfirmSignUp", {
    ...call,
    clientMetadata: { from: "app" },
  });

  expect(event).toMatchObject({ version: "1", request: { clientMetadata: { from: "app" } }, response: {} });
});

test.each([
  ["V1_0", "1", undefined, { claimsOverrideDetails: null }],
  ["V2_0", "2", ["s"], { claimsAndScopeOverrideDetails: null }],
  ["V3_0", "3", ["s"], { claimsAndScopeOverrideDetails: null }],
] as const)("pre-token-generation %s", (name, version, scopes, response) => {
  const event = preTokenGenerationEvent(name, "TokenGeneration_RefreshTokens", call, groups, ["s"]);

  expect(event).toMatchObject({ version, triggerSource: "TokenGeneration_RefreshTokens", response });
  expect((event["request"] as Record<string, unknown>)["scopes"]).toEqual(scopes);
  expect(event["request"]).toMatchObject({ groupConfiguration: groups });
});

test("a machine has neither groups nor attributes", () => {
  expect(clientCredentialsEvent("client", ["orders-api/reports.read"], undefined)).toMatchObject({
    version: "3",
    triggerSource: "TokenGeneration_ClientCredentials",
    request: { userAttributes: {}, groupConfiguration: null, scopes: ["orders-api/reports.read"] },
  });
});
