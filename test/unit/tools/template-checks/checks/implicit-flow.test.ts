import { appClient, foundBy } from "../checking.ts";

const found = (flows: unknown) => foundBy("implicit-flow", { Web: appClient({ AllowedOAuthFlows: flows }) });

describe("implicit-flow", () => {
  it("finds the implicit flow, alone or with another", () => {
    expect(found(["implicit"])).toHaveLength(1);
    expect(found(["code", "implicit"])).toHaveLength(1);
    expect(found(["code"])).toEqual([]);
    expect(found(undefined)).toEqual([]);
  });
});
