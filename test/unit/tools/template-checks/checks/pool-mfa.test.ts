import { foundBy, ref, resource, userPool } from "../checking.ts";

const found = (properties: Record<string, unknown>) =>
  foundBy("pool-mfa", { Pool: userPool(properties) }).map((line) => line.split(":")[0]);

describe("pool-mfa", () => {
  it("finds a factor that must be given and does not exist", () => {
    expect(found({ MfaConfiguration: "ON" })).toEqual(["Pool.EnabledMfas"]);
    expect(found({ MfaConfiguration: "OPTIONAL", EnabledMfas: [] })).toEqual(["Pool.EnabledMfas"]);
  });

  it("finds factors that are never asked for", () => {
    expect(found({ EnabledMfas: ["SOFTWARE_TOKEN_MFA"] })).toEqual(["Pool.MfaConfiguration"]);
  });

  it("finds factors that nothing sends", () => {
    const on = { MfaConfiguration: "OPTIONAL" };
    expect(found({ ...on, EnabledMfas: ["SMS_MFA"] })).toEqual(["Pool.SmsConfiguration.SnsCallerArn"]);
    expect(found({ ...on, EnabledMfas: ["EMAIL_OTP", "SOFTWARE_TOKEN_MFA"] })).toEqual([
      "Pool.EmailConfiguration.EmailSendingAccount",
    ]);
  });

  const SENDER = { EmailConfiguration: { EmailSendingAccount: "DEVELOPER" } };
  const ROLE = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::111122223333:role/sms" } };
  const recovery = (...names: readonly string[]) => ({
    AccountRecoverySetting: { RecoveryMechanisms: names.map((Name) => ({ Name })) },
  });

  it("finds codes by e-mail alone, which CloudFormation cannot set up", () => {
    const alone = { MfaConfiguration: "OPTIONAL", EnabledMfas: ["EMAIL_OTP"], ...SENDER };
    expect(found(alone)).toEqual(["Pool.EnabledMfas"]);
  });

  it("finds a second factor that also resets the first", () => {
    const mail = {
      MfaConfiguration: "OPTIONAL",
      EnabledMfas: ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"],
      ...SENDER,
    };
    expect(found({ ...mail, ...recovery("verified_email") })).toEqual(["Pool.AccountRecoverySetting"]);
    expect(found({ ...mail, ...recovery("verified_email", "verified_phone_number") })).toEqual([]);
    expect(found({ ...mail, ...recovery("admin_only") })).toEqual([]);
    const phone = { MfaConfiguration: "ON", EnabledMfas: ["SMS_MFA"], ...ROLE };
    expect(found({ ...phone, ...recovery("verified_email", "verified_phone_number") })).toEqual([
      "Pool.AccountRecoverySetting",
    ]);
    expect(found({ ...phone, ...recovery("verified_email") })).toEqual([]);
    const optional = { ...phone, MfaConfiguration: "OPTIONAL" };
    expect(found({ ...optional, ...recovery("verified_phone_number") })).toEqual([]);
  });

  it("finds that threat protection asks for a factor that no user has", () => {
    const risk = (UserPoolId: unknown, EventAction: string) =>
      resource("Cognito::UserPoolRiskConfigurationAttachment", {
        UserPoolId,
        AccountTakeoverRiskConfiguration: { Actions: { MediumAction: { EventAction } } },
      });
    const foundWith = (mode: string, action: string) =>
      foundBy("pool-mfa", {
        Pool: userPool({
          MfaConfiguration: mode,
          ...(mode === "ON" && { EnabledMfas: ["SOFTWARE_TOKEN_MFA"] }),
        }),
        Risk: risk(ref("Pool"), action),
        Other: risk("eu-west-1_other", action),
      });
    expect(foundWith("OFF", "MFA_IF_CONFIGURED")).toEqual([
      "Risk.AccountTakeoverRiskConfiguration.Actions.MediumAction.EventAction: is MFA_IF_CONFIGURED while MfaConfiguration of `Pool` is OFF: no user has a second factor",
    ]);
    expect(foundWith("OFF", "BLOCK")).toEqual([]);
    expect(foundWith("ON", "MFA_REQUIRED")).toEqual([]);
  });

  it("lets complete settings pass, and no second factor at all", () => {
    expect(found({})).toEqual([]);
    expect(found({ MfaConfiguration: "ON", EnabledMfas: ["SOFTWARE_TOKEN_MFA"] })).toEqual([]);
    expect(
      found({
        MfaConfiguration: "ON",
        EnabledMfas: ["SMS_MFA", "EMAIL_OTP"],
        SmsConfiguration: { SnsCallerArn: "arn:aws:iam::111122223333:role/sms" },
        EmailConfiguration: { EmailSendingAccount: "DEVELOPER" },
      }),
    ).toEqual([]);
  });
});
