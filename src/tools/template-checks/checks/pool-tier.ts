import { textOf } from "../../../json.ts";
import { valueAt, valuesAt } from "../../cloudformation/places.ts";
import { type Resource, resourcesOf, type Template } from "../../cloudformation/template.ts";
import { namedBy } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A feature that the pool's plan does not include. */
export const poolTier: TemplateCheck = {
  id: "pool-tier",
  summary: "a feature of a user pool that its tier (LITE, ESSENTIALS, PLUS) does not have",
  check,
};

/** Amazon Cognito developer guide, "User pool feature plans". Without `UserPoolTier` a pool is ESSENTIALS. */
const TIERS = ["LITE", "ESSENTIALS", "PLUS"];

interface Feature {
  readonly resource: string;
  readonly property: string;
  readonly what: string;
  readonly tier: "ESSENTIALS" | "PLUS";
}

function* check(template: Template): Iterable<TemplateProblem> {
  for (const pool of resourcesOf(template, "AWS::Cognito::UserPool")) {
    const tier = textOf(pool.properties["UserPoolTier"] ?? "ESSENTIALS");
    if (tier === undefined) continue;
    for (const { resource, property, what, tier: needed } of featuresOf(template, pool)) {
      if (TIERS.indexOf(tier) >= TIERS.indexOf(needed)) continue;
      yield {
        resource,
        property,
        message: `${what} needs the tier ${needed}; \`${pool.id}\` is ${tier}`,
        fix: `set UserPoolTier to ${needed}, which costs more for each active user, or leave it out`,
      };
    }
  }
}

function* featuresOf(template: Template, { id, properties }: Resource): Iterable<Feature> {
  const here = (property: string, what: string, tier: Feature["tier"]) => ({
    resource: id,
    property,
    what,
    tier,
  });
  const version = valueAt(properties, "LambdaConfig.PreTokenGenerationConfig.LambdaVersion");
  if (version === "V2_0" || version === "V3_0") {
    yield here(
      "LambdaConfig.PreTokenGenerationConfig.LambdaVersion",
      `${version} of pre-token-generation`,
      "ESSENTIALS",
    );
  }
  if (valuesAt(properties, "EnabledMfas.*").some(({ value }) => value === "EMAIL_OTP")) {
    yield here("EnabledMfas", "a code by e-mail", "ESSENTIALS");
  }
  if (Number(valueAt(properties, "Policies.PasswordPolicy.PasswordHistorySize") ?? 0) > 0) {
    yield here("Policies.PasswordPolicy.PasswordHistorySize", "the memory of old passwords", "ESSENTIALS");
  }
  for (const { path, value } of valuesAt(properties, "Policies.SignInPolicy.AllowedFirstAuthFactors.*")) {
    if (value !== "PASSWORD") yield here(path, `sign-in by ${String(value)}`, "ESSENTIALS");
  }
  const threats = valueAt(properties, "UserPoolAddOns.AdvancedSecurityMode");
  if (threats !== undefined && threats !== "OFF") {
    yield here("UserPoolAddOns.AdvancedSecurityMode", "threat protection", "PLUS");
  }
  const others = [
    {
      type: "AWS::Cognito::UserPoolDomain",
      property: "ManagedLoginVersion",
      what: "managed login",
      tier: "ESSENTIALS",
    },
    {
      type: "AWS::Cognito::UserPoolRiskConfigurationAttachment",
      property: "",
      what: "threat protection",
      tier: "PLUS",
    },
  ] as const;
  for (const { type, property, what, tier } of others) {
    for (const resource of resourcesOf(template, type)) {
      if (!namedBy(resource.properties["UserPoolId"]).includes(id)) continue;
      // Version 1 is the classic hosted UI, which every tier has.
      if (property !== "" && Number(resource.properties[property] ?? 1) < 2) continue;
      yield { resource: resource.id, property, what, tier };
    }
  }
}
