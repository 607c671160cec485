import { foundBy, userPool } from "../checking.ts";

const found = (MinimumLength?: unknown) =>
  foundBy("pool-password", { Pool: userPool({ Policies: { PasswordPolicy: { MinimumLength } } }) });

describe("pool-password", () => {
  it("finds passwords that Cognito accepts and that can be guessed", () => {
    expect(found(6)).toEqual([
      "Pool.Policies.PasswordPolicy.MinimumLength: is 6: passwords of fewer than 8 characters can be guessed",
    ]);
    expect(found("7")).toHaveLength(1);
  });

  it("accepts 8 and more, the default, and what only the deployment knows", () => {
    for (const length of [8, 12, undefined, { Ref: "Length" }]) expect(found(length)).toEqual([]);
  });
});
