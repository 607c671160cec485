import { ConfigurationError } from "../../../src/errors.ts";
import {
  createTrustedProviders,
  parseFederatedName,
  trusts,
} from "../../../src/triggers/trusted-providers.ts";

const CONFIGURED = new Map([
  ["Google", ["example.com", "example.org"]],
  ["Corp_SSO", ["corp.example.com"]],
  ["Okta", []],
]);
const providers = createTrustedProviders(CONFIGURED, { complete: true });
const some = createTrustedProviders(CONFIGURED);

describe("where every provider of the pool is configured", () => {
  it.each([
    ["Corp_SSO_a_b", "Corp_SSO", "Corp_SSO", "a_b"],
    ["corp_sso_a_b", "Corp_SSO", "corp_sso", "a_b"],
    ["google_1", "Google", "google", "1"],
    ["Google__1_", "Google", "Google", "_1_"],
    ["Okta_K", "Okta", "Okta", "K"],
  ])(
    "takes %s apart, the provider exactly or in lower case",
    (userName, provider, spelledProvider, subject) => {
      expect(parseFederatedName(providers, userName)).toEqual({ provider, spelledProvider, subject });
    },
  );

  it.each([
    "Google",
    "Google_",
    "_Google_1",
    "xGoogle_1",
    "GOOGLE_1",
    "corp_SSO_1",
    "O\u212ata_1",
    "Corp_1",
    "",
    "_",
  ])("sees no configured provider in `%s`", (userName) => {
    expect(parseFederatedName(providers, userName)).toBeUndefined();
  });
});

describe("where the pool may have other providers", () => {
  it.each([
    ["Google_1", "Google"],
    ["google_1", "Google"],
    ["Okta_00u1", "Okta"],
    ["okta_00u1", "Okta"],
  ])("takes %s apart, which has one reading", (userName, provider) => {
    expect(parseFederatedName(some, userName)).toMatchObject({ provider });
  });

  it.each([
    ["Google_Evil_7", "of a provider `Google_Evil`"],
    ["google_evil_7", "of a provider `Google_Evil`"],
    ["Corp_SSO_7", "of a provider `Corp`"],
  ])("does not decide on %s, which may be a user %s", (userName) => {
    expect(parseFederatedName(some, userName)).toBe("ambiguous");
  });

  it.each([
    ["Google_Evil_7", ["Google"], { provider: "Google", subject: "Evil_7" }],
    ["corp_sso_a_b", ["Corp_SSO"], { provider: "Corp_SSO", subject: "a_b" }],
  ])("takes %s apart where the identities name %j", (userName, linked, expected) => {
    expect(parseFederatedName(some, userName, linked)).toMatchObject(expected);
  });

  it("takes the identities for what they say: an unlisted provider is none of the configured ones", () => {
    expect(parseFederatedName(some, "Google_Evil_7", ["Google_Evil"])).toBeUndefined();
  });

  it.each([[["Okta"]], [["Google", "Google_Evil"]], [[undefined]], [["Google", undefined]]])(
    "does not decide where the identities %j do not go with the name",
    (linked) => {
      expect(parseFederatedName(some, "Google_Evil_7", linked)).toBe("ambiguous");
    },
  );
});

it("trusts a provider for its own domains only, whole and exact", () => {
  expect(trusts(providers, "Google", "example.org")).toBe(true);
  for (const [name, domain] of [
    ["Google", "corp.example.com"],
    ["Google", "sub.example.com"],
    ["Google", "ample.com"],
    ["google", "example.com"],
    ["toString", "example.com"],
  ] as const) {
    expect(trusts(providers, name, domain)).toBe(false);
  }
});

it.each([
  ["a domain with @", [["Google", ["@example.com"]]], "without `@` or `*`"],
  ["a wildcard", [["Google", ["*.example.com"]]], "without `@` or `*`"],
  ["a domain in upper case", [["Google", ["Example.com"]]], "lower case"],
  ["a domain without a dot", [["Google", ["localhost"]]], "`localhost`"],
  ["a name with a blank", [["Go ogle", []]], "not a provider name"],
  ["a name that is empty", [["", []]], "not a provider name"],
  [
    "two names that differ in case",
    [
      ["Google", []],
      ["google", []],
    ],
    "cannot be told apart",
  ],
  [
    "a name that begins like another",
    [
      ["Corp", []],
      ["Corp_Partner", []],
    ],
    "`Corp` and `Corp_Partner`",
  ],
  [
    "the same, the other way round",
    [
      ["corp_Partner", []],
      ["CORP", []],
    ],
    "cannot be told apart",
  ],
] as const)("refuses %s", (_what, configured, message) => {
  const build = () => createTrustedProviders(new Map<string, readonly string[]>(configured));

  expect(build).toThrow(ConfigurationError);
  expect(build).toThrow(message);
});
