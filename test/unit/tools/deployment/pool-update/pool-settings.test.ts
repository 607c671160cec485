import * as sdk from "@aws-sdk/client-cognito-identity-provider";
import {
  POOL_FACTS,
  POOL_SETTINGS,
  type Shape,
  unknownSettings,
  updateRequestOf,
} from "../../../../../src/tools/deployment/pool-update/pool-settings.ts";
import { describedPool } from "../../../../support/described-pool.ts";

/** The SDK's own description of a shape, read as far as it is needed: structures, lists, maps and the rest. */
function shapeOf(schema: unknown): Shape {
  const found: unknown = typeof schema === "function" ? (schema as () => unknown)() : schema;
  if (found === 128) return { "*": "value" };
  if (!Array.isArray(found)) return "value";
  const [kind, , , , first, second] = found as unknown[];
  if (kind === 3) return structureOf(first as readonly string[], second as readonly unknown[]);
  if (kind === 1) return shapeOf(first);
  if (kind === 2) return { "*": shapeOf(second) };
  return "value";
}

function structureOf(names: readonly string[], schemas: readonly unknown[]): { [name: string]: Shape } {
  return Object.fromEntries(names.map((name, index) => [name, shapeOf(schemas[index])]));
}

const membersOf = (schema: unknown) => {
  const shape = shapeOf(schema);
  if (shape === "value") throw new Error("not a structure");
  return shape;
};

describe("the settings of a user pool", () => {
  it("are all that the installed SDK can send", () => {
    const { UserPoolId: _id, PoolName, ...settings } = membersOf(sdk.UpdateUserPoolRequest$);
    expect(POOL_SETTINGS).toEqual({ ...settings, Name: PoolName });
  });

  it("are, with the facts, all that the installed SDK can read", () => {
    const described = Object.keys(membersOf(sdk.UserPoolType$));
    expect(described.filter((name) => !POOL_FACTS.has(name)).sort()).toEqual(
      Object.keys(POOL_SETTINGS).sort(),
    );
    expect(described).toEqual(expect.arrayContaining([...POOL_FACTS]));
  });
});

describe("an unknown setting", () => {
  it("is found at the top, below, in lists and in maps", () => {
    const pool = describedPool({
      Passkeys: { On: true },
      Policies: { PasswordPolicy: { MinimumLength: 8, MinimumEntropy: 60 }, RiskPolicy: "HIGH" },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_email", After: 3 }] },
      AcrConfiguration: { PASSWORD: { AcrValue: "urn:password", Ttl: 1 } },
      LambdaConfig: { PreRefresh: "arn:aws:lambda:us-east-1:111122223333:function:x" },
      DeletionProtection: { Mode: "ACTIVE" },
      EmailConfiguration: "none",
    });
    expect(unknownSettings(pool).sort()).toEqual([
      "AccountRecoverySetting.RecoveryMechanisms.After",
      "AcrConfiguration.PASSWORD.Ttl",
      "DeletionProtection",
      "EmailConfiguration",
      "LambdaConfig.PreRefresh",
      "Passkeys",
      "Policies.PasswordPolicy.MinimumEntropy",
      "Policies.RiskPolicy",
    ]);
  });

  it("is not one without a value", () => {
    expect(unknownSettings(describedPool({ Passkeys: null, Later: {}, Never: "", None: [] }))).toEqual([]);
  });

  it("cannot hide behind a name that every object has", () => {
    expect(unknownSettings(describedPool({ Policies: { constructor: "x", toString: "y" } }))).toEqual([
      "Policies.constructor",
      "Policies.toString",
    ]);
  });
});

describe("the request that changes nothing", () => {
  it("says the settings again and leaves the facts out", () => {
    const request = updateRequestOf(describedPool());
    expect(Object.keys(request).filter((name) => POOL_FACTS.has(name))).toEqual([]);
    expect(request).toMatchObject({
      UserPoolId: "us-east-1_EXAMPLE01",
      PoolName: "customers",
      DeletionProtection: "ACTIVE",
      MfaConfiguration: "OPTIONAL",
      UserPoolTags: { team: "identity" },
      UserPoolTier: "ESSENTIALS",
    });
  });

  it("keeps how long an invitation lasts under the one name that AWS takes", () => {
    expect(updateRequestOf(describedPool())["AdminCreateUserConfig"]).toEqual({
      AllowAdminCreateUserOnly: false,
      InviteMessageTemplate: { EmailSubject: "Welcome", EmailMessage: "{username} {####}" },
    });
    const old = describedPool({
      Policies: { PasswordPolicy: { MinimumLength: 8 } },
      AdminCreateUserConfig: { UnusedAccountValidityDays: 30 },
    });
    expect(updateRequestOf(old)["AdminCreateUserConfig"]).toEqual({ UnusedAccountValidityDays: 30 });
  });

  it("leaves AWS's own tags to AWS", () => {
    const tags = { team: "identity", "aws:cloudformation:stack-name": "pool" };
    expect(updateRequestOf(describedPool({ UserPoolTags: tags }))["UserPoolTags"]).toEqual({
      team: "identity",
    });
  });

  it("does not switch anything on by saying it emptily, and keeps what is off", () => {
    const request = updateRequestOf(
      describedPool({
        DeviceConfiguration: {},
        SmsConfiguration: {},
        UserPoolAddOns: null,
        EmailVerificationMessage: "",
        Policies: { PasswordPolicy: { RequireSymbols: false, MinimumLength: 6 }, SignInPolicy: {} },
      }),
    );
    for (const name of [
      "DeviceConfiguration",
      "SmsConfiguration",
      "UserPoolAddOns",
      "EmailVerificationMessage",
    ]) {
      expect(request).not.toHaveProperty(name);
    }
    expect(request["Policies"]).toEqual({ PasswordPolicy: { RequireSymbols: false, MinimumLength: 6 } });
  });
});
