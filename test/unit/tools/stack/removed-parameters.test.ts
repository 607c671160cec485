import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { REMOVED_PARAMETERS, removedParameters } from "../../../../src/tools/stack/removed-parameters.ts";
import { faultsOf } from "../../../support/stage.ts";

describe("a parameter of a former version", () => {
  it("is refused by what has its value now, before anything else is said", () => {
    expect(faultsOf({ mfa: "required", guestAcces: "true" })).toEqual([
      "parameter `mfa` was removed: set `MfaConfiguration` in resources/user-pool.yml instead, or give your own parameter another name",
    ]);
    expect(faultsOf({ dashboard: "true", subjectPrefix: "main" })).toEqual([
      "parameter `dashboard` was removed with the dashboard: delete it",
      "parameter `subjectPrefix` was renamed: set `poolAlias` instead",
    ]);
  });

  it("is refused in the defaults too, where nothing would read it", () => {
    const { params } = parse(readFileSync("serverless.yml", "utf8"), { logLevel: "silent" }) as {
      readonly params: Readonly<Record<string, object>>;
    };
    const names = Object.values(params).flatMap((section) => Object.keys(section));
    expect(removedParameters(names)).toEqual([]);
    expect(removedParameters([...names, "mfa"])).toHaveLength(1);
  });

  it.each(Object.entries(REMOVED_PARAMETERS))("%s has its value in %p", (_name, [key, file]) => {
    expect(readFileSync(file, "utf8")).toMatch(new RegExp(`\\b${key}:`));
  });
});
