import { directoryValues } from "../../../src/triggers/directory-values.ts";

const UUID = "6f3a2a1e-0d3c-4a57-9a3e-5b1f0c9d8e7f";

describe("a directory attribute", () => {
  it.each([
    ['["Engineering","Domain Users"]', ["Engineering", "Domain Users"]],
    ['["a, b","[c]"]', ["a, b", "[c]"]],
    ["[]", []],
    [' [ "a" ] ', ["a"]],
  ])("of the form json, %s, is an array of strings", (text, values) => {
    expect(directoryValues(text, "json")).toEqual({ values });
  });

  it.each([
    "Engineering",
    "[a, b]",
    '["a", 1]',
    '{"0":"a"}',
    '"a"',
    "null",
    '["a"',
    '["a"]]',
    '["a"] ["b"]',
    "",
    "constructor",
  ])("of the form json is ignored as %s", (text) => {
    expect(directoryValues(text, "json")).toEqual({ problem: "not_json" });
  });

  it.each([
    [UUID, [UUID]],
    [`[${UUID}, 00g1emaKYZTWRYYRRTSK]`, [UUID, "00g1emaKYZTWRYYRRTSK"]],
    [`[${UUID},b]`, [UUID, "b"]],
    [`["${UUID}"]`, [UUID]],
    ["[17, 18]", ["17", "18"]],
    ["[]", []],
    ["[ ]", []],
  ])("of the form ids, %s, is one id, a list in brackets or JSON", (text, values) => {
    expect(directoryValues(text, "ids")).toEqual({ values });
  });

  it.each([
    "[support, Domain Users]",
    "[a, [b]]",
    "[a], [b]",
    "[a, b",
    "a, b",
    "[a,, b]",
    "[a;b]",
    '["a, b"]',
    '["a",["b"]]',
    "{a}",
    "",
  ])("of the form ids is ignored as %s, since it has something other than ids", (text) => {
    expect(directoryValues(text, "ids")).toEqual({ problem: "not_ids" });
  });

  it("of the form one is one value as a whole, and never a list", () => {
    expect(directoryValues("Sales, EU", "one")).toEqual({ values: ["Sales, EU"] });
    expect(directoryValues("[a, b]", "one")).toEqual({ problem: "several_values" });
    expect(directoryValues('["a"]', "one")).toEqual({ problem: "several_values" });
  });
});
