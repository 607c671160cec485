import { type JsonObject, objectOf, objectsOf, textOf, textsOf } from "../../../json.ts";
import { attributeSchema } from "./attribute-schema.ts";
import { messagesOf } from "./messages.ts";
import { passwordPolicyOf } from "./password-policy.ts";
import {
  FIRST_FACTORS,
  type FirstFactor,
  type MfaConfig,
  type MfaMethod,
  type PoolConfig,
  type PreTokenVersion,
} from "./pool-config.ts";
import { flagIn, numberIn } from "./written-value.ts";

/** What the properties of a pool do not say, or say by references. */
export type PoolSurroundings = Pick<
  PoolConfig,
  "place" | "name" | "triggers" | "preTokenVersion" | "clients" | "groups" | "providers" | "identityPool"
>;

/** A pool, from the properties of `AWS::Cognito::UserPool`; what they leave out is as AWS has it. */
export function poolConfigOf(properties: JsonObject, surroundings: PoolSurroundings): PoolConfig {
  const adminCreate = objectOf(properties["AdminCreateUserConfig"]);
  const passwords = objectOf(objectOf(properties["Policies"])["PasswordPolicy"]);
  const username = objectOf(properties["UsernameConfiguration"]);
  return {
    ...surroundings,
    tier: tierOf(properties["UserPoolTier"]),
    usernameAttributes: textsOf(properties["UsernameAttributes"]),
    aliasAttributes: textsOf(properties["AliasAttributes"]),
    // A pool that a template makes is case-sensitive unless it says otherwise.
    usernameCaseSensitive: flagIn(username["CaseSensitive"]) ?? true,
    autoVerifiedAttributes: textsOf(properties["AutoVerifiedAttributes"]),
    verifyBeforeUpdate: textsOf(
      objectOf(properties["UserAttributeUpdateSettings"])["AttributesRequireVerificationBeforeUpdate"],
    ),
    adminCreateUserOnly: flagIn(adminCreate["AllowAdminCreateUserOnly"]) ?? false,
    temporaryPasswordDays:
      numberIn(passwords["TemporaryPasswordValidityDays"]) ??
      numberIn(adminCreate["UnusedAccountValidityDays"]) ??
      7,
    passwordPolicy: passwordPolicyOf(passwords),
    schema: attributeSchema(properties["Schema"]),
    mfa: mfaOf(properties),
    firstFactors: firstFactorsOf(properties),
    recovery: recoveryOf(properties),
    messages: messagesOf(properties),
  };
}

/** `LambdaVersion` of the trigger before token generation. */
export function preTokenVersionOf(version: unknown): PreTokenVersion {
  return version === "V2_0" || version === "V3_0" ? version : "V1_0";
}

function tierOf(tier: unknown): PoolConfig["tier"] {
  return tier === "LITE" || tier === "PLUS" ? tier : "ESSENTIALS";
}

const MFA_METHODS: ReadonlyMap<string, MfaMethod> = new Map([
  ["SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA"],
  ["SMS_MFA", "SMS_MFA"],
  ["EMAIL_OTP", "EMAIL_OTP"],
]);

function mfaOf(properties: JsonObject): MfaConfig {
  const mode = properties["MfaConfiguration"];
  const methods = textsOf(properties["EnabledMfas"]).flatMap((method) => MFA_METHODS.get(method) ?? []);
  return { mode: mode === "ON" || mode === "OPTIONAL" ? mode : "OFF", methods };
}

function firstFactorsOf(properties: JsonObject): readonly FirstFactor[] {
  const policy = objectOf(objectOf(properties["Policies"])["SignInPolicy"]);
  const allowed = textsOf(policy["AllowedFirstAuthFactors"]);
  const factors = FIRST_FACTORS.filter((factor) => allowed.includes(factor));
  return factors.length === 0 ? ["PASSWORD"] : factors;
}

function recoveryOf(properties: JsonObject): readonly string[] {
  const mechanisms = objectsOf(objectOf(properties["AccountRecoverySetting"])["RecoveryMechanisms"]);
  const ordered = mechanisms.toSorted(
    (a, b) => (numberIn(a["Priority"]) ?? 0) - (numberIn(b["Priority"]) ?? 0),
  );
  const names = ordered.flatMap(({ Name: name }) => textOf(name) ?? []);
  return names.length === 0 ? ["verified_phone_number", "verified_email"] : names;
}
