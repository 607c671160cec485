import { foundBy, userPool } from "../checking.ts";

const found = (properties: Record<string, unknown>) =>
  foundBy("pool-case-sensitive", { Pool: userPool(properties) });

describe("pool-case-sensitive", () => {
  it("finds a pool that tells names apart by case, by choice or by default", () => {
    expect(found({ UsernameConfiguration: { CaseSensitive: true } })).toHaveLength(1);
    expect(found({})).toEqual([
      "Pool.UsernameConfiguration.CaseSensitive: is not set, which makes names case-sensitive; a pool keeps that for ever",
    ]);
  });

  it("says nothing of one that does not", () => {
    expect(found({ UsernameConfiguration: { CaseSensitive: false } })).toEqual([]);
    expect(found({ UsernameConfiguration: { CaseSensitive: "false" } })).toEqual([]);
  });
});
