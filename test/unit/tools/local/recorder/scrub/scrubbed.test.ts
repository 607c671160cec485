import type { JsonObject } from "../../../../../../src/json.ts";
import { type KnownToken, scrubbed } from "../../../../../../src/tools/local/recorder/scrub/scrubbed.ts";
import { PERSONAS } from "../../../../../support/authorization.ts";

const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
const SUB = "0f4f3a8e-1c1e-4b9e-9f0a-3b8f6f3a1d2c";
const scrub = (event: JsonObject, known?: KnownToken) =>
  scrubbed(event, {
    personas: PERSONAS,
    known: new Set(["mallory@example.com"]),
    tokenOf: () => known,
  });
const customer = (kind: KnownToken["kind"], more: JsonObject = {}): KnownToken => ({
  kind,
  claims: { sub: SUB, username: SUB, "cognito:groups": ["customers"], ...more },
});

test.each(["token", "id-token", "expired-token"] as const)(
  "a token becomes the placeholder of the persona with the same groups: %s",
  (kind) => {
    const event = { authorizationToken: `Bearer ${JWT}`, path: `/users/${SUB}/orders`, methodArn: "arn" };
    expect(scrub(event, customer(kind))).toMatchObject({
      authorizationToken: `Bearer {{${kind}:alice}}`,
      path: "/users/11111111-1111-4111-8111-000000000001/orders",
    });
  },
);

test("a machine becomes the persona with its client, a partner's tenant that of the persona", () => {
  const client = "localreportingclient000001";
  const machine: KnownToken = { kind: "token", claims: { sub: client, client_id: client } };
  expect(scrub({ identitySource: [JWT] }, machine)).toEqual({ identitySource: ["{{token:reporting}}"] });
  const partner = customer("token", { "cognito:groups": ["partners"], tenant_id: "globex" });
  expect(scrub({ identitySource: [JWT], rawPath: "/tenants/globex/orders" }, partner)).toEqual({
    identitySource: ["{{token:pat}}"],
    rawPath: "/tenants/acme/orders",
  });
});

test("a forged token, opaque credentials and a password in them become plain words", () => {
  expect(scrub({ headers: { Authorization: `Bearer ${JWT}` } })).toEqual({
    headers: { Authorization: "Bearer not-a-token" },
  });
  expect(scrub({ authorizationToken: "s3cret" })).toEqual({ authorizationToken: "not-a-token" });
  expect(scrub({ headers: { authorization: "Basic c2FtOnNlY3JldA==" } })).toEqual({
    headers: { authorization: "Basic not-a-token" },
  });
  expect(scrub({ headers: { "Sec-WebSocket-Protocol": `claimgate, ${JWT}` } }, customer("token"))).toEqual({
    headers: { "Sec-WebSocket-Protocol": "claimgate, {{token:alice}}" },
  });
});

test("a body keeps its shape, and loses passwords, codes and the second field of a name", () => {
  const body =
    '{"user":{"password":"a","mfaCode":123456},"item":"Tea","quantity":1,"password":"b","password":"c"}';
  expect(scrub({ body })).toEqual({
    body: '{"user":{"password":"sample","mfaCode":"sample"},"item":"Tea","quantity":1,"password":"sample"}',
  });
  expect(scrub({ body: "code=123456&item=Tea" })).toEqual({ body: "code=sample&item=Tea" });
  expect(scrub({ body: "<password>x</password>" })).toEqual({ body: "sample" });
  expect(scrub({ body: Buffer.from([0xff, 0xfe]).toString("base64"), isBase64Encoded: true })).toEqual({
    body: Buffer.from("sample").toString("base64"),
    isBase64Encoded: true,
  });
});

test("addresses that the repository has stay, others become those of nobody, the same ones the same", () => {
  const text = "mallory@example.com Erin@Corp.test erin@corp.test bob%40corp.test";
  expect(scrub({ text })).toEqual({
    text: "mallory@example.com person-1@example.com person-1@example.com person-2%40example.com",
  });
});

test("the answer of an authorizer to a backend does not expire", () => {
  const lambda = {
    sub: SUB,
    expiresAt: "1",
    policyVersion: "371da8218d2138a2",
    conditionClaims: `{"sub":"${SUB}"}`,
  };
  const event = { version: "2.0", requestContext: { authorizer: { lambda } }, headers: { a: JWT } };
  const id = "11111111-1111-4111-8111-000000000001";
  expect(scrub(event, customer("token"))["requestContext"]).toEqual({
    authorizer: {
      lambda: {
        sub: id,
        expiresAt: "4102444800",
        policyVersion: "0123456789abcdef",
        conditionClaims: `{"sub":"${id}"}`,
      },
    },
  });
});

test("a trigger keeps the groups and what AWS says of the user, and loses what is personal", () => {
  const event = {
    triggerSource: "TokenGeneration_Authentication",
    userName: SUB,
    request: {
      userAttributes: {
        sub: SUB,
        email: "erin@corp.test",
        email_verified: "true",
        "cognito:user_status": "CONFIRMED",
        birthdate: "1990-01-01",
        "custom:tenant_id": "globex",
      },
      groupConfiguration: { groupsToOverride: ["partners"] },
    },
  };
  const id = "11111111-1111-4111-8111-000000000006";
  expect(scrub(event)).toEqual({
    ...event,
    userName: id,
    request: {
      ...event.request,
      userAttributes: {
        ...event.request.userAttributes,
        sub: id,
        email: "pat@example.com",
        birthdate: "sample",
        "custom:tenant_id": "acme",
      },
    },
  });
});
