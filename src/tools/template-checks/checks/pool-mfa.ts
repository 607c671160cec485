import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import { valueAt, valuesAt } from "../../cloudformation/places.ts";
import { textList } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { namedBy } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A second factor that is required but not set up, or set up but never required. */
export const poolMfa: TemplateCheck = {
  id: "pool-mfa",
  summary:
    "MFA that is off where it is needed, without a factor or a sender, or with a factor that also resets the password",
  check,
};

/** aws-cloudformation/cloudformation-coverage-roadmap#2221: CloudFormation then requires SMS settings. */
function* alone(id: string, factors: readonly string[]): Iterable<TemplateProblem> {
  if (factors.length !== 1 || factors[0] !== "EMAIL_OTP") return;
  yield {
    resource: id,
    property: "EnabledMfas",
    message: "is EMAIL_OTP alone: CloudFormation cannot create such a pool",
    fix: "add SOFTWARE_TOKEN_MFA",
  };
}

/**
 * What proves the second factor must not reset the first. API reference of `AccountRecoverySetting`;
 * hashicorp/terraform-provider-aws#41049 (e-mail), aws/aws-cdk#11478 (SMS) for what Cognito refuses.
 */
function* bothFactors(
  id: string,
  { MfaConfiguration: mode, AccountRecoverySetting: recovery }: JsonObject,
  factors: readonly string[],
): Iterable<TemplateProblem> {
  const ways = valuesAt(objectOf(recovery), "RecoveryMechanisms.*.Name").map(({ value }) => value);
  const property = "AccountRecoverySetting";
  if (factors.includes("EMAIL_OTP") && ways.length === 1 && ways[0] === "verified_email") {
    yield {
      resource: id,
      property,
      message: "is verified_email alone beside EMAIL_OTP: a mailbox would be both factors",
      fix: "add verified_phone_number, or use admin_only",
    };
  }
  if (mode === "ON" && factors.includes("SMS_MFA") && ways.includes("verified_phone_number")) {
    yield {
      resource: id,
      property,
      message: "has verified_phone_number while SMS_MFA is required: a phone would be both factors",
      fix: "use verified_email or admin_only",
    };
  }
}

const LEVELS = ["LowAction", "MediumAction", "HighAction"];

/** Threat protection that asks for a second factor, which no user of the pool has. */
function* riskWithoutFactor(template: Template, pool: string): Iterable<TemplateProblem> {
  for (const risk of resourcesOf(template, "AWS::Cognito::UserPoolRiskConfigurationAttachment")) {
    if (!namedBy(risk.properties["UserPoolId"]).includes(pool)) continue;
    for (const level of LEVELS) {
      const property = `AccountTakeoverRiskConfiguration.Actions.${level}.EventAction`;
      const action = textOf(valueAt(risk.properties, property));
      if (action?.startsWith("MFA_") !== true) continue;
      yield {
        resource: risk.id,
        property,
        message: `is ${action} while MfaConfiguration of \`${pool}\` is OFF: no user has a second factor`,
        fix: "set MfaConfiguration to OPTIONAL or ON, or the action to BLOCK or NO_ACTION",
      };
    }
  }
}

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPool")) {
    const { MfaConfiguration: mode = "OFF", EnabledMfas: enabled } = properties;
    const factors = textList(enabled);
    if (mode !== "OFF" && factors.length === 0) {
      yield {
        resource: id,
        property: "EnabledMfas",
        message: `is empty while MfaConfiguration is ${String(mode)}: there is no factor to require`,
        fix: "add SOFTWARE_TOKEN_MFA, which needs nothing else",
      };
    }
    if (mode === "OFF" && factors.length > 0) {
      yield {
        resource: id,
        property: "MfaConfiguration",
        message: `is OFF, so ${factors.join(" and ")} is never required`,
        fix: "set it to OPTIONAL or ON",
      };
    }
    if (factors.includes("SMS_MFA") && valueAt(properties, "SmsConfiguration.SnsCallerArn") === undefined) {
      yield {
        resource: id,
        property: "SmsConfiguration.SnsCallerArn",
        message: "is missing: Cognito may not send the messages of SMS_MFA",
        fix: "name a role that may publish to SNS, or leave SMS_MFA out",
      };
    }
    if (mode === "OFF") yield* riskWithoutFactor(template, id);
    yield* alone(id, factors);
    yield* bothFactors(id, properties, factors);
    const sender = valueAt(properties, "EmailConfiguration.EmailSendingAccount");
    if (factors.includes("EMAIL_OTP") && sender !== "DEVELOPER") {
      yield {
        resource: id,
        property: "EmailConfiguration.EmailSendingAccount",
        message: "is not DEVELOPER: codes by e-mail are sent by Amazon SES only",
        fix: "set it to DEVELOPER with the SourceArn of a verified SES identity, or leave EMAIL_OTP out",
      };
    }
  }
}
