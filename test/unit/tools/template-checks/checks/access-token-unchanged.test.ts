import { foundBy, lambda, userPool } from "../checking.ts";

const claims = { CLAIMGATE_COPIED_CLAIMS: '{"tenant_id":"custom:tenant_id"}' };

const found = (LambdaConfig: unknown, Variables: Record<string, unknown>) =>
  foundBy("access-token-unchanged", {
    Pool: userPool({ LambdaConfig }),
    Fn: lambda({ Environment: { Variables } }),
  });

const version = (LambdaVersion: string) => ({
  PreTokenGenerationConfig: { LambdaArn: "arn", LambdaVersion },
});

describe("access-token-unchanged", () => {
  it("finds V1_0 where access tokens should have more", () => {
    expect(found(version("V1_0"), { ...claims, CLAIMGATE_SCOPE_PREFIX: "api/" })).toEqual([
      "Pool.LambdaConfig.PreTokenGenerationConfig.LambdaVersion: is V1_0, which cannot change access tokens: `CLAIMGATE_COPIED_CLAIMS` and `CLAIMGATE_SCOPE_PREFIX` would have no effect",
    ]);
  });

  it("finds the trigger without a version, which is V1_0", () => {
    expect(found({ PreTokenGeneration: "arn" }, claims)).toHaveLength(1);
  });

  it("finds the version that an existing pool would get", () => {
    const Outputs = { PreTokenGenerationVersion: { Value: "V1_0" } };
    const Resources = { Fn: lambda({ Environment: { Variables: claims } }) };
    expect(foundBy("access-token-unchanged", { Resources, Outputs })).toHaveLength(1);
  });

  it("accepts later versions, and V1_0 where nothing is added to access tokens", () => {
    expect(found(version("V2_0"), claims)).toEqual([]);
    expect(found({ PreTokenGeneration: "arn", ...version("V3_0") }, claims)).toEqual([]);
    expect(found(version("V1_0"), { CLAIMGATE_COPIED_CLAIMS: "{}", CLAIMGATE_SCOPE_PREFIX: "" })).toEqual([]);
  });
});
