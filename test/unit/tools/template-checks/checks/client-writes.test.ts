import { appClient, foundBy } from "../checking.ts";

const found = (written: unknown) =>
  foundBy("client-writes", { Web: appClient({ WriteAttributes: written }) });

describe("client-writes", () => {
  it("finds custom attributes, and says what the marker is for", () => {
    expect(found(["email", "custom:tenant_id"])).toEqual([
      "Web.WriteAttributes: has `custom:tenant_id`: users could set it themselves, and so decide what depends on it",
    ]);
    expect(found(["custom:claimgate_assigned"])).toEqual([
      "Web.WriteAttributes: has `custom:claimgate_assigned`: a user who clears it gets back groups that an administrator removed",
    ]);
  });

  it("wants a list", () => {
    expect(found(undefined)).toHaveLength(1);
    expect(found(["email", "name", "locale"])).toEqual([]);
    expect(found([])).toEqual([]);
  });
});
