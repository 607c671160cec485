import type { JsonObject } from "../../../../../src/json.ts";
import type { UserPool } from "../../../../../src/tools/cognito-server/user-pool.ts";
import { federatedClient, PROVIDERS, signInBy } from "../../../../support/federated-visit.ts";
import { servedPool } from "../../../../support/user-pool.ts";

const ANN = { email: "ann@example.com", name: "Ann Lee", id: "1001", verified: "on" };

interface Event {
  readonly triggerSource: string;
  readonly request: JsonObject;
}

let served: UserPool;
let events: Event[];
/** What the function returns as `response`. */
let response: unknown;

beforeEach(async () => {
  events = [];
  response = { userAttributesToMap: {} };
  const listen = (event: Event) => {
    events.push(event);
    return event;
  };
  served = await servedPool({
    config: { clients: [federatedClient], providers: PROVIDERS },
    triggers: {
      InboundFederation: (event: Event) => {
        if (response instanceof Error) throw response;
        return { ...listen(event), response };
      },
      PreSignUp: listen,
      PreAuthentication: listen,
    },
  });
});
afterEach(() => served.stop());

const attributes = () => served.pool.users.find("Google_1001")?.attributes;

test("the function gets what a social provider answered, before anything else happens", async () => {
  await signInBy(served, "Google", ANN);
  const claims = {
    sub: "1001",
    email: "ann@example.com",
    email_verified: "true",
    name: "Ann Lee",
    given_name: "Ann",
    family_name: "Lee",
  };
  expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
    "InboundFederation_ExternalProvider",
    "PreSignUp_ExternalProvider",
  ]);
  expect(events[0]).toEqual({
    version: "1",
    triggerSource: "InboundFederation_ExternalProvider",
    region: "us-east-1",
    userPoolId: "us-east-1_LocalPool",
    userName: "1001",
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: federatedClient.id },
    request: {
      providerName: "Google",
      providerType: "Google",
      attributes: {
        tokenResponse: {
          access_token: "placeholder",
          id_token: "placeholder",
          token_type: "Bearer",
          expires_in: "3600",
        },
        idToken: claims,
        userInfo: claims,
      },
    },
    response: { userAttributesToMap: {} },
  });
  // An empty answer changes nothing.
  expect(attributes()).toMatchObject({ email: "ann@example.com", email_verified: "true", name: "Ann Lee" });
});

test("the function gets the assertion of a SAML provider", async () => {
  await signInBy(served, "Okta", ANN);
  expect(events[0]?.request).toMatchObject({
    providerType: "SAML",
    attributes: { samlResponse: { "urn:mail": "ann@example.com", "urn:name": "Ann Lee" } },
  });
});

test("what the function gives replaces all claims, and the mapping applies to it, at later sign-ins, too", async () => {
  response = { userAttributesToMap: { sub: "1001", email: "ann@corp.example", email_verified: true } };
  await signInBy(served, "Google", ANN);
  expect(attributes()).toMatchObject({ email: "ann@corp.example", email_verified: "true" });
  expect(attributes()).not.toHaveProperty("name");

  events = [];
  response = { userAttributesToMap: { sub: "1001", email: "ann@corp.example", name: "Ann of Corp" } };
  await signInBy(served, "Google", ANN);
  expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
    "InboundFederation_ExternalProvider",
    "PreAuthentication_Authentication",
  ]);
  expect(attributes()).toMatchObject({ name: "Ann of Corp" });
});

test.each<[unknown, string]>([
  [new Error("not from here"), "InboundFederation failed with error not from here."],
  [{}, "Unrecognizable lambda output"],
  [{ userAttributesToMap: ["email"] }, "Unrecognizable lambda output"],
  [{ userAttributesToMap: { email: { address: "a@b.example" } } }, "Unrecognizable lambda output"],
])("a function that fails, or answers another shape, lets nobody in: %j", async (answer, text) => {
  response = answer;
  const back = await signInBy(served, "Google", ANN);
  expect([back.get("error"), back.get("error_description"), back.get("code")]).toEqual([
    "invalid_request",
    text,
    null,
  ]);
  expect(attributes()).toBeUndefined();
});
