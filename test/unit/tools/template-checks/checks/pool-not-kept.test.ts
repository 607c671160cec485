import { foundBy, userPool } from "../checking.ts";

const found = (pool: Record<string, unknown>, keepsUsers = true) =>
  foundBy("pool-not-kept", { Pool: pool }, { keepsUsers });
const kept = { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" };

describe("pool-not-kept", () => {
  it("wants protection and retention of a stage whose users must survive", () => {
    expect(found(userPool()).map((line) => line.split(":")[0])).toEqual([
      "Pool.DeletionProtection",
      "Pool.DeletionPolicy",
      "Pool.UpdateReplacePolicy",
    ]);
    expect(found(userPool({ DeletionProtection: "ACTIVE" }, kept))).toEqual([]);
  });

  it("takes RetainExceptOnCreate for retained", () => {
    expect(
      found(userPool({ DeletionProtection: "ACTIVE" }, { ...kept, DeletionPolicy: "RetainExceptOnCreate" })),
    ).toEqual([]);
  });

  it("wants nothing of a stage to play with", () => {
    expect(found(userPool(), false)).toEqual([]);
  });
});
