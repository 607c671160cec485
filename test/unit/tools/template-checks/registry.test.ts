import { existsSync } from "node:fs";
import { TEMPLATE_CHECKS } from "../../../../src/tools/template-checks/registry.ts";
import { FOLDER_REGISTRIES, filesOf } from "../../../support/folder-registry.ts";

const IDS = TEMPLATE_CHECKS.map(({ id }) => id);

describe("the registry of template checks", () => {
  it("has every file of src/tools/template-checks/checks, under its own id", () => {
    for (const registry of FOLDER_REGISTRIES.filter(({ list }) => list === "TEMPLATE_CHECKS")) {
      expect(IDS).toEqual([...filesOf(registry).keys()]);
    }
  });

  it.each(IDS)("%s has a test of its own", (id) => {
    expect(existsSync(`test/unit/tools/template-checks/checks/${id}.test.ts`)).toBe(true);
  });
});
