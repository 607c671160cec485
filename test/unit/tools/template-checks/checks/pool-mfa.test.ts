import { foundBy, userPool } from "../checking.ts";

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
    expect(found({ ...on, EnabledMfas: ["EMAIL_OTP"] })).toEqual([
      "Pool.EmailConfiguration.EmailSendingAccount",
    ]);
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
