import { valueAt } from "../../cloudformation/places.ts";
import { textList } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A second factor that is asked for and cannot be given, or is set up and never asked for. */
export const poolMfa: TemplateCheck = {
  id: "pool-mfa",
  summary: "multi-factor authentication without a factor, or a factor without what sends it",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPool")) {
    const { MfaConfiguration: mode = "OFF", EnabledMfas: enabled } = properties;
    const factors = textList(enabled);
    if (mode !== "OFF" && factors.length === 0) {
      yield {
        resource: id,
        property: "EnabledMfas",
        message: `is empty while MfaConfiguration is ${String(mode)}: there is no factor to ask for`,
        fix: "add SOFTWARE_TOKEN_MFA, which needs nothing else",
      };
    }
    if (mode === "OFF" && factors.length > 0) {
      yield {
        resource: id,
        property: "MfaConfiguration",
        message: `is OFF, so ${factors.join(" and ")} is never asked for`,
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
