import { appClient, foundBy, ref } from "../checking.ts";

const found = (properties: Record<string, unknown>) =>
  foundBy("token-validity", { Web: appClient(properties) });

describe("token-validity", () => {
  it.each([
    ["AccessToken", "minutes", 5, 1440],
    ["IdToken", "seconds", 300, 86_400],
    ["AccessToken", "hours", 1, 24],
    ["RefreshToken", "minutes", 60, 5_256_000],
    ["RefreshToken", "days", 1, 3650],
  ])("takes %s in %s from %s to %s", (token, unit, least, most) => {
    const validity = (value: number) => ({
      [`${token}Validity`]: value,
      TokenValidityUnits: { [token]: unit },
    });
    expect(found(validity(least))).toEqual([]);
    expect(found(validity(most))).toEqual([]);
    expect(found(validity(least - 1))).toHaveLength(1);
    expect(found(validity(most + 1))).toHaveLength(1);
  });

  it("counts in the unit that Cognito takes where none is said", () => {
    expect(found({ AccessTokenValidity: 15 })).toEqual([]);
    expect(found({ AccessTokenValidity: 30 })).toEqual([
      "Web.AccessTokenValidity: is 30 hours; Cognito accepts 5 minutes to 1 day",
    ]);
    expect(found({ RefreshTokenValidity: 30 })).toEqual([]);
    expect(found({ RefreshTokenValidity: 4000 })).toHaveLength(1);
  });

  it("says nothing of what is not set or filled in by AWS", () => {
    expect(found({})).toEqual([]);
    expect(found({ AccessTokenValidity: ref("Validity") })).toEqual([]);
  });
});
