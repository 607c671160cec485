import { canonicalModel, checkModel, modelWithoutComments } from "../../../src/policy/model.ts";
import { MODEL } from "../../support/policy.ts";

it("the model is the same after a checkout on Windows", () => {
  expect(canonicalModel("\uFEFF[a]\r\nb\r\n")).toBe("[a]\nb\n");
  expect(canonicalModel("a\uFEFF\n")).toBe("a\uFEFF\n");
});

it("the model of a bundle has neither comments nor blank lines", () => {
  expect(modelWithoutComments("# a\n[b]\n\nc = d # e\n#f")).toBe("[b]\nc = d # e");
});

it("an edited model is a finding at its first line", () => {
  expect(checkModel("m.conf", MODEL.text)).toEqual([]);
  expect(checkModel("m.conf", `${MODEL.text}\n`)).toEqual([
    {
      rule: "model-edited",
      file: "m.conf",
      line: 1,
      column: 1,
      message: "model.conf is not the model of this version of claimgate",
      fix: "restore the file from the package; express the policy in the CSV files",
    },
  ]);
});
