import { mayBeSensitive, scrub } from "../../../src/policy/sensitive.ts";

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const HEADER = part({ alg: "RS256", kid: "k1" });
const PAYLOAD = part({ sub: "user-1", email: "jane@example.com" });
const SIGNATURE = Buffer.alloc(256, 0xa7).toString("base64url");
const TOKEN = `${HEADER}.${PAYLOAD}.${SIGNATURE}`;

describe("what a log must not hold", () => {
  it.each([
    ["a token", `no user ${TOKEN} here`, "no user [token] here"],
    ["a token in a path", `/people/${TOKEN}/claim`, "/people/[token]/claim"],
    ["a token that was cut short", `/people/${TOKEN.slice(0, 30)}`, "/people/[token]"],
    ["the payload alone", `x ${PAYLOAD} y`, "x [token] y"],
    ["the signature alone", `x ${SIGNATURE} y`, "x [token] y"],
    ["a token without its beginning", `x ${TOKEN.slice(8)} y`, "x [token] y"],
    ["three parts that are no JSON", `x ${"q".repeat(20)}.${"r".repeat(20)}.${"s".repeat(20)}`, "x [token]"],
    ["credentials of a scheme", "Bearer abc123-XYZ, Basic dXNlcjpwYXNz", "Bearer [token], Basic [token]"],
    ["an encoded header", "Bearer%20abc123-XYZ", "Bearer%20[token]"],
    ["a code in a URL", "GET /callback?code=0f3c-11&state=1", "GET /callback?code=[secret]&state=1"],
    ["a token in a URL", "?access_token=abc&id_token=def", "?access_token=[secret]&id_token=[secret]"],
    ["an address", "User jane@example.com does not exist", "User [address] does not exist"],
    ["an address in a path", "/users/jane+news@example.com/orders", "/users/[address]/orders"],
    [
      "an encoded address",
      "/users/jane%40example.com and jane%2540example.com",
      "/users/[address] and [address]",
    ],
    ["a quoted address", 'no "jane doe"@example.com', "no [address]"],
    ["an address in angle brackets", "Jane <jane@example.com>", "Jane <[address]>"],
    [
      "an address that begins and ends with braces",
      "User {jane}@example.com exists",
      "User {[address] exists",
    ],
    ["an address of a brace alone", "User {@example.com exists", "User [address] exists"],
    ["an address with a backtick", "User jane.doe`@example.com exists", "User [address] exists"],
    ["an address that ends with a slash", "User jane/@example.com exists", "User [address] exists"],
    ["a token behind an escape", "%22eyJraWQiOiJhYmNk, %2522eyJraWQiOiJhYmNk", "%[token], %[token]"],
    [
      "a token behind an escape of JSON",
      "\\u0022eyJraWQiOiJhYmNk \\neyJraWQiOiJhYmNk",
      "\\[token] \\[token]",
    ],
    ["several addresses", "a@b.example,c@d.example", "[address],[address]"],
    ["an address outside ASCII", "jörg@exämple.de", "[address]"],
    ["a password in a URL", "https://user:pass@host.example/x", "https://[address]/x"],
  ])("is %s", (_what, text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
    expect(scrub(scrubbed)).toBe(scrubbed);
  });

  it.each([
    "policies/roles.csv:13",
    "sha256:00112233445566778899aabbccddeeff",
    "user:0f3c1a5e-0000-4000-8000-000000000001",
    "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool/.well-known/jwks.json",
    "my-company-internal.customers-production.elasticbeanstalk.com",
    "GET /@me/orders",
    "`*@example.com` is not allowed",
    "100% of @ is fine",
    "basic authentication failed, bearer credentials are missing",
    "monkeyJungle",
    "arn:aws:lambda:eu-west-1:111122223333:function:claimgate-dev-preSignUp",
    "group:eu-west-1_AbCdEf123_Google",
  ])("is not `%s`", (text) => {
    expect(scrub(text)).toBe(text);
  });

  it("is not looked for twice in a line that has nothing of it", () => {
    expect(
      mayBeSensitive('{"route":"GET /orders","subjects":["group:staff"],"policyVersion":"0123456789abcdef"}'),
    ).toBe(false);
  });
});

// Quadratic in any of these, and the run would take minutes.
it.each([
  ["an endless name", "a"],
  ["percent signs", "%"],
  ["braces", "{%40"],
  ["slashes", "/%40"],
  ["slashes and dots", "/@."],
  ["backslashes", "\\"],
  ["encoded signs", "%40"],
  ["signs", "@"],
  ["patterns", "*%40"],
  ["quotation marks", '"@'],
  ["schemes", "bearer "],
  ["scheme and blanks", " "],
  ["dots", "a."],
  ["beginnings", "eyJ"],
  ["escapes", "%25"],
  ["parameters", "code="],
])("is found in a megabyte of %s, each character looked at a few times", (_what, unit) => {
  const text = `bearer ${unit.repeat(1_000_000 / unit.length)}`;
  expect(scrub(`${text} jane@example.com`)).not.toContain("jane@example.com");
});
