import { faultsOf } from "../../../../support/stage.ts";

const SES = {
  sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/example.com",
  emailFrom: "Orders <no-reply@example.com>",
};
const EXISTING = {
  existingUserPoolId: "eu-west-1_EXAMPLE12",
  existingAppClients: '{"web":"1h57kf5cpq17m0eml12EXAMPLE"}',
  healGroups: "false",
};

describe("the stages of serverless.yml", () => {
  it.each(["dev", "prod"])("%s is right as it is", (stage) => {
    expect(faultsOf({}, stage)).toEqual([]);
  });
});

describe("a sender", () => {
  it.each([
    [{ emailFrom: "a@example.com" }, "`emailFrom` is set without `sesIdentityArn`"],
    [{ sesIdentityArn: SES.sesIdentityArn }, "`sesIdentityArn` is set without `emailFrom`"],
  ])("is complete or not there: %j", (given, message) => {
    expect(faultsOf(given)).toEqual([expect.stringContaining(message)]);
  });
});

describe("a custom domain", () => {
  const certificate = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";

  it("comes with its certificate, and a certificate with its domain", () => {
    expect(faultsOf({ customDomain: "auth.example.com", customDomainCertificateArn: certificate })).toEqual(
      [],
    );
    expect(faultsOf({ customDomain: "auth.example.com" })).toEqual([
      expect.stringContaining(
        "parameter `customDomain` is `auth.example.com` without `customDomainCertificateArn`; set it to the ARN",
      ),
    ]);
    expect(faultsOf({ customDomainCertificateArn: certificate })).toEqual([
      "parameter `customDomainCertificateArn` is set without `customDomain`; set both or neither",
    ]);
  });
});

describe("an existing pool", () => {
  it("needs its id, its app clients, and a word on healing", () => {
    expect(faultsOf(EXISTING)).toEqual([]);
    expect(faultsOf({ ...EXISTING, healGroups: "true" })).toEqual([]);
  });

  it("is in the region of the stack", () => {
    expect(faultsOf({ ...EXISTING, existingUserPoolId: "us-east-1_EXAMPLE12" })).toEqual([
      expect.stringContaining("a pool in us-east-1, but the stack is deployed to eu-west-1"),
    ]);
  });

  it("does not get old users healed by default", () => {
    const { healGroups: _unsaid, ...rest } = EXISTING;
    expect(faultsOf(rest)).toEqual([
      expect.stringContaining("with an existing pool parameter `healGroups` has to be set"),
    ]);
  });

  it.each([
    ["", "no clients"],
    ["{}", "no client"],
    ["[]", "a list"],
    ["web=1h57", "no JSON"],
    ['{"web":7}', "a number"],
    ['{"web":"not an id"}', "no id"],
  ])("needs app clients, and `%s` is %s", (existingAppClients) => {
    const { existingAppClients: _ours, ...rest } = EXISTING;
    const given = existingAppClients === "" ? rest : { ...rest, existingAppClients };
    expect(faultsOf(given)).toEqual([
      `parameter \`existingAppClients\` is \`${existingAppClients}\`; expected the app clients whose tokens are accepted, as JSON such as \`{"web":"1h57kf5cpq17m0eml12EXAMPLE"}\``,
    ]);
  });

  it("gets nothing that the stack makes only in its own", () => {
    expect(faultsOf({ ...EXISTING, ...SES })).toEqual([
      expect.stringContaining("`sesIdentityArn` is only for pools that the stack creates"),
    ]);
  });

  it("is the only reason to name app clients", () => {
    expect(faultsOf({ existingAppClients: EXISTING.existingAppClients })).toEqual([
      "parameter `existingAppClients` is set without `existingUserPoolId`; set both or neither",
    ]);
  });
});
