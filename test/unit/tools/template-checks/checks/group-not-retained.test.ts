import { foundBy, resource } from "../checking.ts";

const found = (rest: Record<string, unknown>) =>
  foundBy("group-not-retained", { Group: resource("Cognito::UserPoolGroup", { GroupName: "staff" }, rest) });

describe("group-not-retained", () => {
  it("finds a group that would be deleted", () => {
    expect(found({})).toHaveLength(1);
    expect(found({ DeletionPolicy: "Delete" })).toHaveLength(1);
  });

  it("says nothing of one that stays", () => {
    expect(found({ DeletionPolicy: "Retain" })).toEqual([]);
    expect(found({ DeletionPolicy: "RetainExceptOnCreate" })).toEqual([]);
  });
});
