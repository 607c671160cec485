import { parseAddress, parseAddressPattern, patternsOf, sameAddress } from "../../../src/policy/email.ts";

const LABEL = "a".repeat(63);
/** 253 characters, the most that a domain has. */
const LONGEST = `${LABEL}.${LABEL}.${LABEL}.${"b".repeat(61)}`;

describe("a domain", () => {
  const isDomain = (domain: string) => parseAddressPattern(`*@${domain}`)?.kind === "domain";

  it.each(["b.c", "1.2", "B-c.d--e.F9", "xn--exmple-cua.com", `${LABEL}.c`, `c.${LABEL}`, LONGEST])(
    "may be %s",
    (domain) => {
      expect(isDomain(domain)).toBe(true);
      expect(parseAddress(`a@${domain}`)?.domain).toBe(domain.toLowerCase());
    },
  );

  it.each([
    "",
    "b",
    ".c",
    "b.",
    "b..c",
    "-b.c",
    "b-.c",
    "b.-c",
    "b.c-",
    "b_c.d",
    "b.c_d",
    "b c.d",
    "b.c d",
    "*.c",
    "b.*",
    `a${LABEL}.c`,
    `c.a${LABEL}`,
    `a.${LONGEST}`,
    `${LONGEST}c`,
  ])("is never %s", (domain) => {
    expect(isDomain(domain)).toBe(false);
    expect(parseAddress(`a@${domain}`)).toBeUndefined();
  });
});

describe("the part before the domain", () => {
  it.each(["a", "A.b.C", "_0#$&'+/=^`{|}~-", "a?=b", "a=", "?", "a".repeat(64)])("may be %s", (local) => {
    expect(parseAddress(`${local}@b.c`)).toEqual({ local: local.toLowerCase(), domain: "b.c" });
  });

  it.each([".a", "a.", "a..b", "a*", "a b", "a,b", "=?a", "a=?", "a%b", "a!b", "a@b", "é", "a".repeat(65)])(
    "is never %s",
    (local) => {
      expect(parseAddress(`${local}@b.c`)).toBeUndefined();
    },
  );

  it("is never left out", () => {
    expect([parseAddress("@b.c"), parseAddress("b.c"), parseAddress("")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it.each([
  ["Jane@Example.com", "jane@example.COM", true],
  ["jane@example.com", "john@example.com", false],
  ["jane@example.com", "jane@example.org", false],
  ["jane@example.com", "jane", false],
  ["jane", "jane@example.com", false],
  ["jane", "jane", false],
])("%s and %s are one address: %s", (a, b, same) => {
  expect(sameAddress(a, b)).toBe(same);
});

it.each([
  ["*", { kind: "everyone" }],
  ["*@Example.com", { kind: "domain", domain: "example.com" }],
  ["Jane@Example.com", { kind: "address", address: { local: "jane", domain: "example.com" } }],
  ["*@*.Example.com", { kind: "subdomains", domain: "example.com" }],
  ["*@*.com", { kind: "subdomains", domain: "com" }],
  ["*@*.xn--bcher-kva.example", { kind: "subdomains", domain: "xn--bcher-kva.example" }],
  ["*@*.bücher.example", undefined],
  ["*@*", undefined],
  ["*@*.", undefined],
  ["*@*.*.example.com", undefined],
  ["*@a.*.example.com", undefined],
  ["*@*example.com", undefined],
  ["*@**.example.com", undefined],
  ["*@*.example.com.", undefined],
  ["*@*..example.com", undefined],
  ["jane@*.example.com", undefined],
  [`*@*.${"a.".repeat(126)}a`, undefined],
  ["*jane@example.com", undefined],
  ["**@example.com", undefined],
  ["@example.com", undefined],
  ["example.com", undefined],
])("the pattern %s is %j", (text, pattern) => {
  expect(parseAddressPattern(text)).toEqual(pattern);
});

it("an address at a domain of four labels matches these patterns and no others, the narrowest first", () => {
  expect(patternsOf({ local: "jane", domain: "cs.uni.example.edu" })).toEqual([
    "jane@cs.uni.example.edu",
    "*@cs.uni.example.edu",
    "*@*.uni.example.edu",
    "*@*.example.edu",
    "*@*.edu",
    "*",
  ]);
});
