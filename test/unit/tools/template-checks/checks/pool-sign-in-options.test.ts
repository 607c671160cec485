import { foundBy, userPool } from "../checking.ts";

const found = (properties: Record<string, unknown>) =>
  foundBy("pool-sign-in-options", { Pool: userPool(properties) });

describe("pool-sign-in-options", () => {
  it("finds both ways at once, and neither alone", () => {
    expect(found({ UsernameAttributes: ["email"], AliasAttributes: ["email"] })).toHaveLength(1);
    expect(found({ UsernameAttributes: ["email"] })).toEqual([]);
    expect(found({ AliasAttributes: ["email"] })).toEqual([]);
  });
});
