import { verifiedAccessToken } from "../../../../../src/tools/cognito/tokens/access-token-guard.ts";
import { createKeyPair, signClaims, signToken } from "../../../../../src/tools/cognito/tokens/signing.ts";

const key = createKeyPair("a");
const now = 1_000_000;
const claims = { sub: "s", token_use: "access", exp: 1001 };

test("a token of the pool gives its claims", () => {
  expect(verifiedAccessToken(signClaims(claims, key), [key], now)).toEqual(claims);
});

test.each([
  ["another key", signClaims(claims, createKeyPair("a"))],
  ["an identity token", signClaims({ ...claims, token_use: "id" }, key)],
  ["an expired one", signClaims({ ...claims, exp: 1000 }, key)],
  ["one without an end", signClaims({ sub: "s", token_use: "access" }, key)],
  ["one that says it is not signed", signToken({ kid: "a", alg: "none" }, claims, key).replace(/[^.]*$/, "")],
  ["one whose key nobody knows", signToken({ kid: "../a", alg: "RS256" }, claims, key)],
  ["one without a key", signToken({ alg: "RS256" }, claims, key)],
  ["garbage", "a.b.c"],
  ["nothing", ""],
])("%s is not authorized", (_name, token) => {
  expect(() => verifiedAccessToken(token, [key], now)).toThrow(
    expect.objectContaining({ code: "NotAuthorizedException" }) as Error,
  );
});
