import { arn, foundBy, lambda, userPool } from "../checking.ts";

const ours = lambda({ Environment: { Variables: { CLAIMGATE_POLICY_VERSION: "aa2fa081d74a98d9" } } });
const MARKER = { Name: "claimgate_assigned", AttributeDataType: "String", Mutable: true };
const found = (pool: Record<string, unknown>, Trigger = ours) =>
  foundBy("marker-missing", { Pool: userPool(pool), Trigger });
const postConfirmation = { LambdaConfig: { PostConfirmation: arn("Trigger") } };
const generation = { LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: arn("Trigger") } } };

describe("marker-missing", () => {
  it("finds a pool whose users cannot be marked as assigned", () => {
    for (const pool of [postConfirmation, generation, { ...generation, Schema: [{ Name: "tenant_id" }] }]) {
      expect(found(pool)).toEqual([
        expect.stringMatching(/^Pool\.Schema: has no attribute `claimgate_assigned`/),
      ]);
    }
  });

  it("finds a mark that nobody can write", () => {
    expect(found({ ...postConfirmation, Schema: [{ ...MARKER, Mutable: false }] })).toEqual([
      "Pool.Schema: makes `claimgate_assigned` immutable, so triggers cannot write it",
    ]);
  });

  it("knows the attribute in both spellings", () => {
    expect(found({ ...postConfirmation, Schema: [MARKER] })).toEqual([]);
    expect(found({ ...generation, Schema: [{ ...MARKER, Name: "custom:claimgate_assigned" }] })).toEqual([]);
  });

  it("is silent where nothing of claimgate assigns groups", () => {
    expect(found({ LambdaConfig: { PreSignUp: arn("Trigger") } })).toEqual([]);
    expect(found(postConfirmation, lambda())).toEqual([]);
    expect(found({})).toEqual([]);
  });
});
