import { createVerify, generateKeyPairSync } from "node:crypto";
import {
  createKeyPair,
  jwksOf,
  signingKeyOf,
  signToken,
} from "../../../../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../../../../src/tools/local/identifiers.ts";
import { mintToken } from "../../../../../src/tools/local/personas/minting.ts";
import { accessTokenClaims, idTokenClaims } from "../../../../../src/tools/local/personas/persona-claims.ts";
import { personaNamed } from "../../../../../src/tools/local/personas/personas.ts";
import { PERSONAS } from "../../../../support/authorization.ts";

const KEY = createKeyPair("test");
const NOW = 1_800_000_000;
const persona = (name: string) => personaNamed(PERSONAS, name);
const partsOf = (token: string) =>
  token
    .split(".")
    .slice(0, 2)
    .map((part): unknown => JSON.parse(Buffer.from(part, "base64url").toString()));

describe("test tokens", () => {
  test("are signed RS256 by their key", () => {
    const token = signToken({ kid: "test", alg: "RS256" }, { sub: "x" }, KEY);
    const [header, payload, signature] = token.split(".");
    const verify = createVerify("RSA-SHA256").update(`${header}.${payload}`);
    expect(verify.verify({ key: { ...KEY.publicJwk }, format: "jwk" }, signature ?? "", "base64url")).toBe(
      true,
    );
    expect(partsOf(token)).toEqual([{ kid: "test", alg: "RS256" }, { sub: "x" }]);
  });

  test("of a user have the claims that Cognito puts in an access token", () => {
    const claims = accessTokenClaims(persona("pat"), NOW);
    expect(Object.keys(claims).sort()).toEqual([
      "auth_time",
      "client_id",
      "cognito:groups",
      "event_id",
      "exp",
      "iat",
      "iss",
      "jti",
      "origin_jti",
      "scope",
      "sub",
      "tenant_id",
      "token_use",
      "username",
      "version",
    ]);
    expect(claims).toMatchObject({ iat: NOW, exp: NOW + 3600, iss: LOCAL.issuer, token_use: "access" });
  });

  test("of a machine have no username and no groups", () => {
    const claims = accessTokenClaims(persona("reporting"), NOW);
    expect(claims).not.toHaveProperty("username");
    expect(claims).not.toHaveProperty("cognito:groups");
    expect(claims["sub"]).toBe(claims["client_id"]);
  });

  test("of a user without groups have no groups claim, as Cognito's have none", () => {
    expect(accessTokenClaims(persona("nobody"), NOW)).not.toHaveProperty("cognito:groups");
  });

  test("can be identity tokens of users, not of machines", () => {
    expect(idTokenClaims(persona("pat"), NOW)).toMatchObject({
      token_use: "id",
      aud: LOCAL.appClients.web,
      "cognito:username": "pat",
      "custom:tenant_id": "acme",
    });
    expect(() => idTokenClaims(persona("reporting"), NOW)).toThrow(RangeError);
  });

  test.each([
    ["token", "access", NOW + 3600],
    ["id-token", "id", NOW + 3600],
    ["expired-token", "access", NOW - 3600],
  ] as const)("are minted by kind: %s", (kind, use, exp) => {
    expect(partsOf(mintToken(kind, persona("alice"), KEY, NOW))[1]).toMatchObject({ token_use: use, exp });
  });

  test("come with a key set without private parts", () => {
    expect(jwksOf([KEY])).toEqual({ keys: [KEY.publicJwk] });
    expect(Object.keys(KEY.publicJwk).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  });

  test("are signed by RSA keys only", () => {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    expect(() => signingKeyOf("ec", pair)).toThrow(TypeError);
  });
});
