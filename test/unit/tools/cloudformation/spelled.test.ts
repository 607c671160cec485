import { namedBy, sameValue, spelled } from "../../../../src/tools/cloudformation/spelled.ts";

describe("a value of a template", () => {
  it.each<[unknown, string | undefined]>([
    ["text", "text"],
    [30, "30"],
    [true, "true"],
    [{ Ref: "Pool" }, "${Pool}"],
    [{ "Fn::GetAtt": ["Pool", "Arn"] }, "${Pool.Arn}"],
    [{ "Fn::GetAtt": "Pool.Arn" }, "${Pool.Arn}"],
    [{ "Fn::Sub": "a ${ Pool.Arn } b" }, "a ${Pool.Arn} b"],
    [{ "Fn::Sub": ["${x}/${Pool}", { x: { Ref: "Web" } }] }, "${Web}/${Pool}"],
    [{ "Fn::Sub": ["${x}", { x: { "Fn::ImportValue": "y" } }] }, "${x}"],
    [{ "Fn::Join": [":", ["a", { Ref: "Pool" }, { "Fn::Join": ["", ["b", "c"]] }]] }, "a:${Pool}:bc"],
    [{ "Fn::Join": [":", ["a", { "Fn::ImportValue": "x" }]] }, undefined],
    [{ "Fn::Join": ":" }, undefined],
    [{ "Fn::Sub": 7 }, undefined],
    [{ "Fn::ImportValue": "x" }, undefined],
    [null, undefined],
    [["a"], undefined],
  ])("%j is spelled %s", (value, text) => {
    expect(spelled(value)).toBe(text);
  });

  it("is not followed for ever", () => {
    let deep: unknown = "x";
    for (let depth = 0; depth < 1000; depth += 1) deep = { "Fn::Join": ["", [deep]] };
    expect(spelled(deep)).toBeUndefined();
  });

  it("names logical ids, and not what Fn::Sub leaves alone", () => {
    expect(namedBy({ "Fn::Sub": "${Pool.Arn}/${!aws:username}/${Web}" })).toEqual(["Pool", "Web"]);
    expect(namedBy({ a: 1 })).toEqual([]);
  });

  it("is the same in another spelling and order of keys", () => {
    expect(sameValue({ Ref: "Pool" }, { "Fn::Sub": "${Pool}" })).toBe(true);
    expect(sameValue({ a: 1, b: [true] }, { b: ["true"], a: "1" })).toBe(true);
    expect(sameValue({ a: 1 }, { a: 2 })).toBe(false);
    expect(sameValue([1, 2], [2, 1])).toBe(false);
    expect(sameValue(undefined, undefined)).toBe(true);
    expect(sameValue(undefined, "x")).toBe(false);
  });
});
