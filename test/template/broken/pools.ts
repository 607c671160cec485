import type { BrokenTemplate } from "../broken-templates.ts";
import { add, set } from "../editing.ts";

const pool = { Ref: "UserPool" };
const trigger = "Properties.LambdaConfig.PreTokenGenerationConfig.LambdaVersion";

/** User pool, domain, groups, identity providers. */
export const BROKEN_POOLS: readonly BrokenTemplate[] = [
  {
    what: "a wrong enum: LambdaVersion V9_0",
    breakIt: (t) => set(t, "UserPool", trigger, "V9_0"),
    checks: [],
    rules: ["E3030"],
  },
  {
    what: "a wrong enum: MfaConfiguration MAYBE",
    breakIt: (t) => {
      set(t, "UserPool", "Properties.MfaConfiguration", "MAYBE");
      set(t, "UserPool", "Properties.EnabledMfas", ["SOFTWARE_TOKEN_MFA"]);
    },
    checks: [],
    rules: ["E3030"],
  },
  {
    what: "a wrong range: a password of 200 characters at least",
    breakIt: (t) => set(t, "UserPool", "Properties.Policies.PasswordPolicy.MinimumLength", 200),
    checks: [],
    rules: ["E3034"],
  },
  {
    what: "a second factor that does not exist",
    breakIt: (t) => {
      set(t, "UserPool", "Properties.MfaConfiguration", "OPTIONAL");
      set(t, "UserPool", "Properties.EnabledMfas", ["CARRIER_PIGEON"]);
    },
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "a second factor that must be given, and none to give",
    breakIt: (t) => {
      set(t, "UserPool", "Properties.MfaConfiguration", "ON");
      set(t, "UserPool", "Properties.EnabledMfas", []);
    },
    checks: ["pool-mfa"],
    rules: [],
  },
  {
    what: "codes by SMS that nobody may send",
    breakIt: (t) => {
      set(t, "UserPool", "Properties.MfaConfiguration", "OPTIONAL");
      set(t, "UserPool", "Properties.EnabledMfas", ["SMS_MFA"]);
      set(t, "UserPool", "Properties.SmsConfiguration", {});
    },
    checks: ["pool-mfa"],
    rules: [],
  },
  {
    what: "V3_0 on the tier LITE",
    breakIt: (t) => {
      set(t, "UserPool", "Properties.UserPoolTier", "LITE");
      set(t, "UserPool", trigger, "V3_0");
    },
    checks: ["pool-tier"],
    rules: [],
  },
  {
    what: "threat protection on another tier than PLUS",
    breakIt: (t) => {
      set(t, "UserPool", "Properties.UserPoolTier", "ESSENTIALS");
      set(t, "UserPool", "Properties.UserPoolAddOns", { AdvancedSecurityMode: "ENFORCED" });
    },
    checks: ["pool-tier"],
    rules: [],
  },
  {
    what: "a pool that tells Bob from bob",
    breakIt: (t) => set(t, "UserPool", "Properties.UsernameConfiguration.CaseSensitive", true),
    checks: ["pool-case-sensitive"],
    rules: [],
    replaced: ["UserPool"],
  },
  {
    what: "two ways to sign in that exclude each other",
    breakIt: (t) => set(t, "UserPool", "Properties.AliasAttributes", ["email"]),
    checks: ["pool-sign-in-options"],
    rules: [],
    replaced: ["UserPool"],
  },
  {
    what: "a prod pool that anybody may delete",
    breakIt: (t) => set(t, "UserPool", "Properties.DeletionProtection", "INACTIVE"),
    checks: ["pool-not-kept"],
    rules: [],
  },
  {
    what: "a prod pool that goes with its stack",
    breakIt: (t) => set(t, "UserPool", "DeletionPolicy", "Delete"),
    checks: ["pool-not-kept"],
    // Without an explicit UpdateReplacePolicy of the same kind.
    rules: [],
  },
  {
    what: "a domain with a word that AWS keeps for itself",
    breakIt: (t) => set(t, "UserPoolDomain", "Properties.Domain", "my-cognito-pages"),
    checks: ["property-value"],
    rules: [],
    replaced: ["UserPoolDomain"],
  },
  {
    what: "sign-in pages of a version that does not exist",
    breakIt: (t) => set(t, "UserPoolDomain", "Properties.ManagedLoginVersion", 3),
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "a group that takes its members with it",
    breakIt: (t) => {
      const [group = ""] = Object.entries(t.Resources).flatMap(([id, { Type }]) =>
        Type === "AWS::Cognito::UserPoolGroup" ? [id] : [],
      );
      set(t, group, "DeletionPolicy", "Delete");
    },
    checks: ["group-not-retained"],
    rules: [],
  },
  {
    what: "twenty-six resource servers",
    breakIt: (t) => {
      for (let index = 0; index < 26; index += 1) {
        const properties = { UserPoolId: pool, Identifier: `api-${index}`, Name: `API ${index}` };
        add(t, `Server${index}`, "AWS::Cognito::UserPoolResourceServer", properties);
      }
    },
    checks: ["quota-exceeded"],
    rules: [],
  },
  {
    what: "the secret of an identity provider in the template",
    breakIt: (t) => provider(t, { client_id: "id", client_secret: "hunter2-hunter2" }),
    checks: ["plain-secret"],
    rules: [],
  },
  {
    what: "a secure string where CloudFormation resolves none",
    breakIt: (t) =>
      provider(t, { client_id: "id", client_secret: "{{resolve:ssm-secure:/google/secret:1}}" }),
    checks: ["secure-reference"],
    rules: ["E1027"],
  },
  {
    what: "a secure string that Fn::Sub puts together",
    breakIt: (t) =>
      provider(t, {
        client_id: "id",
        client_secret: { "Fn::Sub": "{{resolve:ssm-secure:/${AWS::StackName}/secret:1}}" },
      }),
    checks: ["secure-reference"],
    rules: [],
  },
  {
    what: "an identity provider that fills an attribute which the pool does not have",
    breakIt: (t) => provider(t, { client_id: "id" }, { "custom:department": "department" }),
    checks: ["unknown-attribute"],
    rules: [],
  },
  {
    what: "passwords of six characters",
    breakIt: (t) => set(t, "UserPool", "Properties.Policies.PasswordPolicy.MinimumLength", 6),
    checks: ["pool-password"],
    rules: [],
  },
  {
    what: "a provider that never tells an address",
    breakIt: (t) => provider(t, { client_id: "id", authorize_scopes: "openid" }),
    checks: ["provider-setting"],
    rules: [],
  },
  {
    what: "keys of a provider over http",
    breakIt: (t) =>
      set(t, "OidcIdentityProvider", "Properties.ProviderDetails.oidc_issuer", "http://id.example"),
    checks: ["provider-setting"],
    rules: [],
  },
  {
    what: "V1_0, which cannot copy claims",
    breakIt: (t) => set(t, "UserPool", trigger, "V1_0"),
    checks: ["access-token-unchanged"],
    rules: [],
  },
  {
    what: "a risk that asks for a second factor where there is none",
    breakIt: (t) => {
      set(t, "UserPool", "Properties.MfaConfiguration", "OFF");
      set(t, "UserPool", "Properties.EnabledMfas", undefined);
    },
    checks: ["pool-mfa"],
    rules: [],
  },
  {
    what: "a trigger that the pool does not call",
    breakIt: (t) => set(t, "UserPool", "Properties.LambdaConfig.PostConfirmation", undefined),
    checks: ["trigger-not-wired"],
    rules: [],
  },
];

function provider(
  t: Parameters<typeof add>[0],
  details: Readonly<Record<string, unknown>>,
  mapping: unknown = { email: "email" },
): void {
  add(t, "BrokenProvider", "AWS::Cognito::UserPoolIdentityProvider", {
    UserPoolId: pool,
    ProviderName: "Broken",
    ProviderType: "Google",
    ProviderDetails: { authorize_scopes: "openid email", ...details },
    AttributeMapping: mapping,
  });
}
