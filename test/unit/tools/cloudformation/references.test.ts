import {
  dependenciesOf,
  isMadeBefore,
  referencesIn,
  withRenamed,
} from "../../../../src/tools/cloudformation/references.ts";
import { readTemplate } from "../../../../src/tools/cloudformation/template.ts";

describe("references", () => {
  it.each<[string, unknown, readonly string[]]>([
    ["Ref", { Ref: "Pool" }, ["Pool"]],
    ["Fn::GetAtt", { "Fn::GetAtt": ["Pool", "Arn"] }, ["Pool"]],
    ["Fn::Sub", { "Fn::Sub": "${Pool.Arn}/${!Not}/${AWS::Region}" }, ["Pool", "AWS::Region"]],
    ["the variables of Fn::Sub", { "Fn::Sub": ["${x}", { x: { Ref: "Pool" } }] }, ["Pool"]],
    ["Fn::Join", { "Fn::Join": ["", ["a", { Ref: "Pool" }]] }, ["Pool"]],
    ["both branches of Fn::If", { "Fn::If": ["C", { Ref: "A" }, { Ref: "B" }] }, ["A", "B"]],
    ["any other function", { "Fn::Select": [0, [{ Ref: "A" }]] }, ["A"]],
    ["lists and objects", { a: [{ b: { Ref: "Pool" } }] }, ["Pool"]],
    ["no plain text", "${Pool}", []],
  ])("are found in %s", (_, value, targets) => {
    expect(referencesIn({ path: "", value }).map(({ target }) => target)).toEqual(targets);
  });

  it("say which property has them", () => {
    const value = { Uri: { "Fn::Join": ["", [{ "Fn::Sub": "${A}" }]] }, Roles: [{ Ref: "B" }] };
    expect(referencesIn({ path: "", value })).toEqual([
      { path: "Uri", target: "A" },
      { path: "Roles.0", target: "B" },
    ]);
  });

  it("decide what is made before what, by way of others too", () => {
    const template = readTemplate({
      Resources: {
        A: { Type: "T", Properties: { b: { Ref: "B" }, region: { Ref: "AWS::Region" } } },
        B: { Type: "T", DependsOn: "C" },
        C: { Type: "T" },
      },
    });
    expect(dependenciesOf(template).get("A")).toEqual([{ path: "b", target: "B" }]);
    expect(isMadeBefore(template, "C", "A")).toBe(true);
    expect(isMadeBefore(template, "A", "C")).toBe(false);
  });

  it("follow a resource that gets another name, and leave the keys of properties alone", () => {
    const value = { Old: { Ref: "Old" }, DependsOn: ["Old", "Other"], nested: { DependsOn: "Old" } };
    expect(withRenamed(value, new Set(["Old"]), "New")).toEqual({
      Old: { Ref: "New" },
      DependsOn: ["New", "Other"],
      nested: { DependsOn: "New" },
    });
  });
});
