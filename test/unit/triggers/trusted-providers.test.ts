import { ConfigurationError } from "../../../src/errors.ts";
import {
  createTrustedProviders,
  parseFederatedName,
  trusts,
} from "../../../src/triggers/trusted-providers.ts";

const providers = createTrustedProviders(
  new Map([
    ["Google", ["example.com", "example.org"]],
    ["Corp_SSO", ["corp.example.com"]],
  ]),
);

it("takes a federated user name apart, in any case, with the provider as configured", () => {
  expect(parseFederatedName(providers, "corp_SSO_a_b")).toEqual({
    provider: "Corp_SSO",
    spelledProvider: "corp_SSO",
    subject: "a_b",
  });
});

it.each(["Google", "Google_", "_Google_1", "xGoogle_1", "Corp_1", "", "_"])(
  "sees no configured provider in `%s`",
  (userName) => {
    expect(parseFederatedName(providers, userName)).toBeUndefined();
  },
);

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
