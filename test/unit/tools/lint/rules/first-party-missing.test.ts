import { firstPartyMissing } from "../../../../../src/tools/lint/rules/first-party-missing.ts";
import { found } from "../linting.ts";

describe("first-party-missing", () => {
  it("finds that every app is limited", () => {
    expect(
      found(firstPartyMissing, [
        "p3, client:partner-app, orders:read, api/read",
        "p3, client:web, *, api/all",
      ]),
    ).toEqual([
      "1:5: no `p3` row lets an app do everything that its users may, so even your own apps are limited; add a row such as `p3, client:web, *` for each of your own apps",
    ]);
  });

  it("accepts a policy with a first-party app, and one without `p3` rows", () => {
    expect(found(firstPartyMissing, ["p3, client:partner-app, orders:read", "p3, client:web, *"])).toEqual(
      [],
    );
    expect(found(firstPartyMissing, ["p, role:a, orders:read, allow"])).toEqual([]);
  });
});
