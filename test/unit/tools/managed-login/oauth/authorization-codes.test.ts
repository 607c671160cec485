import { createHash } from "node:crypto";
import {
  AuthorizationCodes,
  type CodeGrant,
  isVerifier,
} from "../../../../../src/tools/managed-login/oauth/authorization-codes.ts";

const grant: CodeGrant = {
  clientId: "c",
  redirectUri: "http://localhost/",
  sub: "u",
  scopes: [],
  nonce: undefined,
  resource: undefined,
  codeChallenge: undefined,
};

test("a code is used once", () => {
  const codes = new AuthorizationCodes(() => 0);
  const code = codes.give(grant);

  expect(codes.take(code)).toEqual(grant);
  expect(codes.take(code)).toBeUndefined();
});

test("a code is valid for five minutes", () => {
  let now = 0;
  const codes = new AuthorizationCodes(() => now);
  const [early, late] = [codes.give(grant), codes.give(grant)];
  now = 299_999;
  expect(codes.take(early)).toEqual(grant);
  now = 300_000;
  expect(codes.take(late)).toBeUndefined();
});

describe("a verifier", () => {
  const verifier = "v".repeat(43);
  const challenge = createHash("sha256").update(verifier).digest("base64url");

  test("belongs to its challenge, and to no other", () => {
    expect(isVerifier(challenge, verifier)).toBe(true);
    expect(isVerifier(challenge, "w".repeat(43))).toBe(false);
    expect(isVerifier(challenge, challenge)).toBe(false);
    expect(isVerifier(challenge, null)).toBe(false);
  });

  test("has 43 to 128 characters", () => {
    const long = "v".repeat(129);
    const short = "v".repeat(42);
    for (const wrong of [long, short]) {
      expect(isVerifier(createHash("sha256").update(wrong).digest("base64url"), wrong)).toBe(false);
    }
  });

  test("is not sent for a code without a challenge", () => {
    expect(isVerifier(undefined, null)).toBe(true);
    expect(isVerifier(undefined, verifier)).toBe(false);
  });
});
