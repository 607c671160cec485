import { faultsOf } from "../../../../support/stage.ts";

/** The first fault is about this parameter and its form, not about what it goes with. */
function isRefused(name: string, value: string): boolean {
  const start = `parameter \`${name}\` is \`${value}\`; expected`;
  return faultsOf({ [name]: value }).some((message) => message.startsWith(start));
}

describe("redirect URLs", () => {
  it.each([
    "https://app.example.com/callback",
    "https://app.example.com",
    "https://app.example.com:8443/a?b=c,https://b.example/",
    "http://localhost:5173/callback",
    "http://127.0.0.1/x",
    "http://[::1]:3000/",
    '["https://a.example/x","http://localhost/"]',
  ])("may be %s", (value) => {
    expect(isRefused("callbackUrls", value)).toBe(false);
  });

  it.each([
    "http://app.example.com/callback",
    "http://localhost.evil.example/",
    "http://localhost@evil.example/",
    "https://*.example.com/",
    "https://app.example.com/#fragment",
    "https://app.example.com/a b",
    "https://",
    "app.example.com",
    "javascript:alert(1)",
    "https://a.example/,http://b.example/",
    ",",
    "[]",
  ])("may not be %s", (value) => {
    expect(isRefused("callbackUrls", value)).toBe(true);
    expect(isRefused("logoutUrls", value)).toBe(true);
  });

  it("are refused by naming the one that is wrong", () => {
    expect(faultsOf({ callbackUrls: "https://a.example/,http://b.example/" })).toEqual([
      "parameter `callbackUrls` is `https://a.example/,http://b.example/`; expected https:// URLs without `#`, or http:// URLs of localhost, not `http://b.example/`",
    ]);
  });
});

describe("texts", () => {
  it.each([
    ["existingUserPoolId", "eu-west-1_AbC123"],
    ["existingUserPoolId", "us-gov-west-1_AbC123"],
    ["customDomain", "auth.example.com"],
    ["emailFrom", "no-reply@example.com"],
    ["emailFrom", "Orders <no-reply@example.com>"],
  ])("may be: %s=%s", (name, value) => {
    expect(isRefused(name, value)).toBe(false);
  });

  it.each([
    ["existingUserPoolId", "AbC123"],
    ["existingUserPoolId", "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbC123"],
    ["customDomain", "example.com"],
    ["customDomain", "https://auth.example.com"],
    [
      "customDomainCertificateArn",
      "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
    ],
    ["sesIdentityArn", "example.com"],
    ["emailFrom", "Orders"],
    ["advancedSecurity", "ON"],
    ["reservedConcurrency", "0"],
    ["provisionedConcurrency", "1001"],
  ])("may not be: %s=%s", (name, value) => {
    expect(isRefused(name, value)).toBe(true);
  });
});
