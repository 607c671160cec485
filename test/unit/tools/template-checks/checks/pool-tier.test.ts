import { foundBy, ref, resource, userPool } from "../checking.ts";

const found = (pool: Record<string, unknown>, others: Record<string, unknown> = {}) =>
  foundBy("pool-tier", { Pool: userPool(pool), ...others }).map((line) => line.replace(/;.*/, ""));

describe("pool-tier", () => {
  it.each([
    [
      { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: "V2_0" } } },
      "V2_0 of pre-token-generation needs the tier ESSENTIALS",
    ],
    [{ EnabledMfas: ["EMAIL_OTP"] }, "a code by e-mail needs the tier ESSENTIALS"],
    [
      { Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } },
      "the memory of old passwords needs the tier ESSENTIALS",
    ],
    [
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } } },
      "sign-in by WEB_AUTHN needs the tier ESSENTIALS",
    ],
    [{ UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } }, "threat protection needs the tier PLUS"],
  ])("%j", (feature, message) => {
    expect(found({ UserPoolTier: "LITE", ...feature })).toEqual([expect.stringContaining(message)]);
    expect(found({ UserPoolTier: "PLUS", ...feature })).toEqual([]);
  });

  it("takes a pool without a tier for ESSENTIALS", () => {
    expect(found({ LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: "V3_0" } } })).toEqual([]);
    expect(found({ UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" } })).toHaveLength(1);
  });

  it("lets a LITE pool have what it has", () => {
    const config = { PreTokenGenerationConfig: { LambdaVersion: "V1_0" } };
    expect(
      found({ UserPoolTier: "LITE", LambdaConfig: config, UserPoolAddOns: { AdvancedSecurityMode: "OFF" } }),
    ).toEqual([]);
    expect(found({ UserPoolTier: ref("Tier"), UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } })).toEqual(
      [],
    );
  });

  it("looks at the domain and the risk settings of the pool", () => {
    const domain = (version: number) =>
      resource("Cognito::UserPoolDomain", { UserPoolId: ref("Pool"), ManagedLoginVersion: version });
    const risk = resource("Cognito::UserPoolRiskConfigurationAttachment", { UserPoolId: ref("Pool") });
    expect(found({ UserPoolTier: "LITE" }, { D: domain(2) })).toEqual([
      "D.ManagedLoginVersion: managed login needs the tier ESSENTIALS",
    ]);
    expect(found({ UserPoolTier: "LITE" }, { D: domain(1) })).toEqual([]);
    expect(found({ UserPoolTier: "ESSENTIALS" }, { R: risk })).toHaveLength(1);
  });
});
