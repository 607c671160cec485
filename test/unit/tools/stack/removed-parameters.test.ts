import { readFileSync } from "node:fs";
import { REMOVED_PARAMETERS } from "../../../../src/tools/stack/removed-parameters.ts";
import { faultsOf } from "../../../support/stage.ts";

describe("a parameter of a former version", () => {
  it("is refused by what has its value now, before anything else is said", () => {
    expect(faultsOf({ mfa: "required", guestAcces: "true" })).toEqual([
      "parameter `mfa` was removed; set `MfaConfiguration` in `resources/user-pool.yml` instead, or give a parameter of your own another name",
    ]);
    expect(faultsOf({ dashboard: "true", subjectPrefix: "main" })).toEqual([
      "parameter `dashboard` was removed with the dashboard; delete it",
      "parameter `subjectPrefix` was renamed to `poolAlias`; rename it",
    ]);
  });

  it.each(Object.entries(REMOVED_PARAMETERS))("%s has its value in %p", (_name, [key, file]) => {
    expect(readFileSync(file, "utf8")).toMatch(new RegExp(`\\b${key}:`));
  });
});
