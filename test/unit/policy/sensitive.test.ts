import { isSensitive, MARKERS, mayBeSensitive, scrub } from "../../../src/policy/sensitive.ts";

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

  it.each([..."azAZ09-._"])("is looked for in 62 characters like `%s`", (character) => {
    expect(mayBeSensitive(`x ${character.repeat(62)} y`)).toBe(true);
    expect(mayBeSensitive(` ${character.repeat(61)}`)).toBe(false);
  });

  it.each([..."/:{[`, ~"])("is not looked for in two words with `%s` between them", (separator) => {
    expect(mayBeSensitive(`${"x".repeat(61)}${separator}${"x".repeat(61)}`)).toBe(false);
  });

  it("is not looked for twice in a line that has nothing of it", () => {
    expect(
      mayBeSensitive('{"route":"GET /orders","subjects":["group:staff"],"policyVersion":"0123456789abcdef"}'),
    ).toBe(false);
  });
});

const P = "q".repeat(20);

describe("a token", () => {
  it.each([
    ["begins like a header and has five characters more", "eyJabcde", "[token]"],
    ["may be the last part", "x.eyJab-_e y", "[token] y"],
    ["may follow an underscore or a hyphen", "x_eyJabcde x-eyJabcde", "[token] [token]"],
    ["may be three parts of twenty characters", `${P}.${P}.${P}`, "[token]"],
    ["may be three of four such parts", `a.${P}.${P}.${P}`, "[token]"],
    ["may be eighty characters", "Aa9_-".repeat(16), "[token]"],
    ["may be eighty characters after a dot", `a.${"b".repeat(80)}`, "[token]"],
    ["may follow any escape", "%3DeyJabcde %25253deyJabcde \\u003DeyJabcde", "%[token] %[token] \\[token]"],
    ["may follow an escaped letter", "\\teyJabcde", "\\[token]"],
  ])("%s", (_what, text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
    expect(isSensitive(text)).toBe(true);
  });

  it.each([
    "eyJabcd",
    "xeyJabcde",
    "EYJabcde",
    `${P}.${P}.${"q".repeat(19)}`,
    `${P}.${P}.qqqqq.${P}`,
    "b".repeat(79),
    "%2eyJabcde",
    "%GGeyJabcde",
    "%2522eyJabcd",
    "\\NeyJabcde",
    "\\u003eyJabcde",
    "22eyJabcde",
    "neyJabcde",
  ])("is not %s", (text) => {
    expect(scrub(text)).toBe(text);
    expect(isSensitive(text)).toBe(false);
  });
});

describe("credentials", () => {
  it.each([
    ["Bearer abc12345", "Bearer [token]"],
    ["bearer Abcdefgh", "bearer [token]"],
    ["BEARER abcdefg_", "BEARER [token]"],
    ["Basic  abcdefg1", "Basic  [token]"],
    ["basic+abcdefg1 x", "basic+[token] x"],
    ["BASIC%20%20abcdefg1", "BASIC%20%20[token]"],
    ["Basic\tabcdefg1,x", "Basic\t[token],x"],
    ['"Bearer abcdefg1"', '"Bearer [token]"'],
    ["'Bearer abcdefg1'&x;Bearer abcdefg2;", "'Bearer [token]'&x;Bearer [token];"],
  ])("of %s are hidden", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  it.each([
    "Bearer abc1234",
    "Bearer abcdefgh",
    "Bearer abcdefgh,X",
    'Bearer abcdefgh"X',
    "bearers abcdefg1",
    "forbearer abcdefg1",
    "Bearerabcdefg1",
    "bEARER abcdefg1",
  ])("are not in %s", (text) => {
    expect(scrub(text)).toBe(text);
  });

  it.each([
    "code",
    "access_token",
    "id_token",
    "refresh_token",
    "token",
    "client_secret",
    "secret",
    "password",
    "SAMLResponse",
    "CODE",
  ])("of the parameter `%s` are hidden up to the next one", (name) => {
    expect(scrub(`/x?${name}=a.b/c&x=1`)).toBe(`/x?${name}=[secret]&x=1`);
    expect(scrub(`${name}%3Da"b`)).toBe(`${name}%3D[secret]"b`);
    expect(scrub(`${name}=a,${name}=b;${name}=c'${name}=d e`)).toBe(
      `${name}=[secret],${name}=[secret];${name}=[secret]'${name}=[secret] e`,
    );
  });

  it.each(["encode=a", "code a", "code=", "code=&x", "state=a", "tokens=a"])("are not in %s", (text) => {
    expect(scrub(text)).toBe(text);
  });
});

describe("an address", () => {
  it.each([
    ["a@b", "[address]"],
    ["x a@b.c, y", "x [address], y"],
    ["a@b;a@b>a@b)a@b]a@b", "[address];[address]>[address])[address]][address]"],
    ["(a@b[a@b`", "([address][[address]`"],
    ['a@b"', '[address]"'],
    ["{a@b}", "{[address]}"],
    ["x*@example.com", "[address]"],
    ["x *@example.com", "x *@example.com"],
    ["/@me.example/x", "[address]/x"],
    ["/x/@me", "/x/@me"],
    ["/a/@b.c", "/[address]"],
    ["a%40b%40c", "[address]"],
    ["a%25%34%30b a%2525%40b", "a%25%34%30b [address]"],
    ["a%252540b", "[address]"],
    ["a@b@c", "[address]@c"],
    ["a%40b%40c@d", "[address]@d"],
    ["*jane@b.c", "[address]"],
    ["GET /@me of v1.2", "GET /@me of v1.2"],
    ['"x" jane@b.c', '"x" [address]'],
    ["a @b c@ d", "a @b c@ d"],
    ["`a`@b.c", "`[address]"],
    [`"${"a ".repeat(32)}"@b.c`, "[address]"],
    [`"${"a ".repeat(32)}a"@b.c`, `"${"a ".repeat(32)}a"@b.c`],
    ['x@y "a"@b.c', "[address] [address]"],
    ['a"@b.c', 'a"@b.c'],
    ["//a@b.c", "//[address]"],
  ])("in %s leaves %s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });
});

it("what is shown instead is one of the markers", () => {
  expect(MARKERS).toEqual(["[address]", "[token]", "[secret]"]);
});
