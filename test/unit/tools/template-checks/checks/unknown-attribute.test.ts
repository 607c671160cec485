import { appClient, foundBy, ref, resource, userPool } from "../checking.ts";

const pool = userPool({ Schema: [{ Name: "tenant_id" }, { Name: "custom:plan" }] });
const found = (other: Record<string, unknown>) => foundBy("unknown-attribute", { Pool: pool, Other: other });

describe("unknown-attribute", () => {
  it("finds what the pool does not have, in clients and providers", () => {
    expect(
      found(appClient({ ReadAttributes: ["email", "custom:tenant"], WriteAttributes: ["custom:x"] })),
    ).toEqual([
      "Other.ReadAttributes.1: names `custom:tenant`, which the Schema of `Pool` does not have",
      "Other.WriteAttributes.0: names `custom:x`, which the Schema of `Pool` does not have",
    ]);
    const provider = { UserPoolId: ref("Pool"), AttributeMapping: { email: "email", "custom:org": "org" } };
    expect(found(resource("Cognito::UserPoolIdentityProvider", provider))).toEqual([
      "Other.AttributeMapping.custom:org: names `custom:org`, which the Schema of `Pool` does not have",
    ]);
  });

  it("knows attributes in both spellings, and leaves standard ones to cfn-lint", () => {
    expect(
      found(appClient({ ReadAttributes: ["custom:tenant_id", "custom:plan", "email", "shoe"] })),
    ).toEqual([]);
  });

  it("cannot tell of a pool of another stack", () => {
    expect(found(appClient({ UserPoolId: "us-east-1_EXAMPLE", ReadAttributes: ["custom:x"] }))).toEqual([]);
  });
});
