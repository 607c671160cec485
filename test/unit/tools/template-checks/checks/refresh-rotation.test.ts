import { appClient, foundBy } from "../checking.ts";

const found = (feature: string, flows: readonly string[]) =>
  foundBy("refresh-rotation", {
    Web: appClient({ RefreshTokenRotation: { Feature: feature }, ExplicitAuthFlows: flows }),
  });

describe("refresh-rotation", () => {
  it("finds the flow that does not rotate next to the rotation", () => {
    expect(found("ENABLED", ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])).toHaveLength(1);
    expect(found("ENABLED", ["ALLOW_USER_SRP_AUTH"])).toEqual([]);
    expect(found("DISABLED", ["ALLOW_REFRESH_TOKEN_AUTH"])).toEqual([]);
  });
});
