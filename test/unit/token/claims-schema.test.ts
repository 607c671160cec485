import { MAX_CLOCK_SKEW, MAX_LIFETIME, parseAccessTokenClaims } from "../../../src/token/claims-schema.ts";
import { thrownBy } from "../../support/thrown.ts";

const NOW = 1_800_000_000;

const GOOD = {
  sub: "5f0d7a52-5b0c-4b4c-9a51-0123456789ab",
  "cognito:groups": ["customers", "Käufer"],
  client_id: "1h57kf5cpq17m0eml12EXAMPLE",
  token_use: "access",
  scope: "openid orders-api/reports.read",
  exp: NOW + 3600,
  iat: NOW,
  username: "alice@example.com",
};

const parse = (changes: Readonly<Record<string, unknown>>) =>
  parseAccessTokenClaims({ ...GOOD, ...changes }, NOW);

const without = (claim: keyof typeof GOOD) => {
  const claims: Record<string, unknown> = { ...GOOD };
  delete claims[claim];
  return parseAccessTokenClaims(claims, NOW);
};

const refusedAs = (code: string, message = /./) => ({
  code,
  message: expect.stringMatching(message) as string,
});

describe("the claims of an access token", () => {
  test("are read when they have the shape that Cognito gives them", () => {
    expect(parse({})).toEqual({
      sub: GOOD.sub,
      clientId: GOOD.client_id,
      username: "alice@example.com",
      groups: ["customers", "Käufer"],
      scopes: ["openid", "orders-api/reports.read"],
      audience: [],
      issuedAt: NOW,
      expiresAt: NOW + 3600,
    });
  });

  test("may lack groups, scope and username", () => {
    expect(without("cognito:groups").groups).toEqual([]);
    expect(without("scope").scopes).toEqual([]);
    expect(parse({ scope: "" }).scopes).toEqual([]);
    expect(without("username").username).toBeUndefined();
  });

  test.each(["sub", "client_id", "exp", "iat"] as const)("must have %s", (claim) => {
    expect(thrownBy(() => without(claim))).toMatchObject(
      refusedAs("token_claims_invalid", new RegExp(`\`${claim}\``)),
    );
  });

  test("that are inherited count as missing", () => {
    const { sub: _sub, ...rest } = GOOD;
    const claims = Object.assign(Object.create({ sub: "inherited" }) as Record<string, unknown>, rest);
    expect(thrownBy(() => parseAccessTokenClaims(claims, NOW))).toMatchObject(
      refusedAs("token_claims_invalid", /`sub`/),
    );
  });

  test("of an identity token are refused by name", () => {
    expect(thrownBy(() => parse({ token_use: "id" }))).toMatchObject(refusedAs("token_use_invalid"));
    expect(thrownBy(() => without("token_use"))).toMatchObject(refusedAs("token_use_invalid"));
  });

  test.each([
    ["exp", "1800003600"],
    ["exp", 1e308],
    ["exp", Number.POSITIVE_INFINITY],
    ["exp", Number.NaN],
    ["exp", NOW + 0.5],
    ["exp", -1],
    ["exp", 0],
    ["exp", null],
    ["exp", [NOW + 60]],
    ["iat", "1800000000"],
    ["iat", -1e308],
    ["iat", {}],
    ["sub", ""],
    ["sub", 7],
    ["sub", ["a"]],
    ["sub", "with space"],
    ["sub", "line\nbreak"],
    ["sub", "a".repeat(129)],
    ["client_id", ""],
    ["client_id", null],
    ["username", ""],
    ["username", 1],
    ["cognito:groups", "admins"],
    ["cognito:groups", { 0: "admins", length: 1 }],
    ["cognito:groups", null],
    ["cognito:groups", [1]],
    ["cognito:groups", [["admins"]]],
    ["cognito:groups", ["customers", ""]],
    ["cognito:groups", ["two words"]],
    ["cognito:groups", ["nul\u0000"]],
    ["cognito:groups", ["bidi\u202E"]],
    ["cognito:groups", ["\uD800"]],
    ["scope", ["openid"]],
    ["scope", "openid  email"],
    ["scope", " openid"],
    ["scope", "open\tid"],
    ["scope", 'a"b'],
    ["scope", null],
  ])("are refused with `%s` = %j", (claim, value) => {
    expect(thrownBy(() => parse({ [claim]: value }))).toMatchObject(
      refusedAs("token_claims_invalid", new RegExp(`\`${claim}\``)),
    );
  });

  test("never appear in a message", () => {
    expect(thrownBy(() => parse({ sub: "secret value" }))?.message).toBe("claim `sub` is not a name");
  });
});

describe("the times of an access token", () => {
  test("expire at `exp`, not a second later", () => {
    expect(parse({ iat: NOW - 60, exp: NOW + 1 }).expiresAt).toBe(NOW + 1);
    expect(thrownBy(() => parse({ iat: NOW - 60, exp: NOW }))).toMatchObject(refusedAs("token_expired"));
  });

  test("may be issued ahead of our clock by the skew, not more", () => {
    expect(parse({ iat: NOW + MAX_CLOCK_SKEW }).issuedAt).toBe(NOW + MAX_CLOCK_SKEW);
    expect(thrownBy(() => parse({ iat: NOW + MAX_CLOCK_SKEW + 1, exp: NOW + 7200 }))).toMatchObject(
      refusedAs("token_not_yet_valid"),
    );
  });

  test("may be a day apart, not more, and not reversed", () => {
    expect(parse({ exp: NOW + MAX_LIFETIME }).expiresAt).toBe(NOW + MAX_LIFETIME);
    expect(thrownBy(() => parse({ exp: NOW + MAX_LIFETIME + 1 }))).toMatchObject(
      refusedAs("token_claims_invalid", /`exp`/),
    );
    expect(thrownBy(() => parse({ iat: NOW + 30, exp: NOW + 20 }))).toMatchObject(
      refusedAs("token_claims_invalid", /`exp`/),
    );
  });
});
