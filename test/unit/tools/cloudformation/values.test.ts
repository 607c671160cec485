import { knownText } from "../../../../src/tools/cloudformation/known-text.ts";
import { readTemplate } from "../../../../src/tools/cloudformation/template.ts";
import {
  type LookUp,
  namedBy,
  namesIn,
  sameValue,
  spelled,
  textWith,
  UNRESOLVED,
  valueWith,
} from "../../../../src/tools/cloudformation/values.ts";

const IMPORTED = { "Fn::ImportValue": "x" };

describe("a string of a template in the spelling of Fn::Sub", () => {
  it.each<[unknown, string | undefined]>([
    ["text", "text"],
    ["${aws:username}", "${!aws:username}"],
    [30, "30"],
    [true, "true"],
    [{ Ref: "Pool" }, "${Pool}"],
    [{ Ref: "AWS::Region" }, "${AWS::Region}"],
    [{ "Fn::GetAtt": ["Pool", "Arn"] }, "${Pool.Arn}"],
    [{ "Fn::GetAtt": "Pool.Arn" }, "${Pool.Arn}"],
    [{ "Fn::GetAtt": ["Nested", "Outputs.Url"] }, "${Nested.Outputs.Url}"],
    [{ "Fn::Sub": "a ${ Pool.Arn } b" }, "a ${Pool.Arn} b"],
    [{ "Fn::Sub": "${!aws:username}" }, "${!aws:username}"],
    [{ "Fn::Sub": ["${x}/${Pool}", { x: { Ref: "Web" } }] }, "${Web}/${Pool}"],
    [{ "Fn::Sub": ["${x}", { x: 7 }] }, "7"],
    [{ "Fn::Join": [":", ["a", { Ref: "Pool" }, { "Fn::Join": ["", ["b", "c"]] }]] }, "a:${Pool}:bc"],
    [{ "Fn::Join": [",", []] }, ""],
  ])("%j is %s", (value, text) => {
    expect(spelled(value)).toBe(text);
  });

  it.each<[string, unknown]>([
    ["another function", IMPORTED],
    ["a choice", { "Fn::If": ["IsProd", "a", "b"] }],
    ["a text with a part that is not known", { "Fn::Join": [":", ["a", IMPORTED]] }],
    ["a variable that is not known", { "Fn::Sub": ["${x}", { x: IMPORTED }] }],
    ["a text with a list in it", { "Fn::Join": [":", ["a", ["b"]]] }],
    ["a list that only AWS knows", { "Fn::Join": [":", { "Fn::GetAZs": "" }] }],
    ["Fn::Join without a list", { "Fn::Join": ":" }],
    ["Fn::Sub of a number", { "Fn::Sub": 7 }],
    ["Fn::GetAtt whose attribute is computed", { "Fn::GetAtt": ["Pool", { Ref: "Attribute" }] }],
    ["Ref of a list", { Ref: ["Pool"] }],
    ["null", null],
    ["a list", ["a"]],
    ["an object that only begins like a function", { Ref: "Pool", more: 1 }],
  ])("%s is not text before deployment", (_, value) => {
    expect(spelled(value)).toBeUndefined();
  });

  it("is not followed for ever", () => {
    let deep: unknown = "x";
    for (let depth = 0; depth < 1000; depth += 1) deep = { "Fn::Join": ["", [deep]] };
    expect(spelled(deep)).toBeUndefined();
  });

  it("names resources, and not what Fn::Sub leaves alone", () => {
    const text = { "Fn::Sub": "${Pool.Arn}/${!aws:username}/${Web}" };
    expect(namesIn(text)).toEqual([{ id: "Pool", attribute: "Arn" }, { id: "Web" }]);
    expect(namedBy(text)).toEqual(["Pool", "Web"]);
    expect(namedBy({ a: 1 })).toEqual([]);
    expect(namedBy("${Pool}")).toEqual([]);
  });

  it("names what it can where a part of it is not known", () => {
    expect(namedBy({ "Fn::Join": ["", [IMPORTED, { Ref: "Pool" }]] })).toEqual(["Pool"]);
    expect(namedBy({ "Fn::ImportValue": { "Fn::Sub": "${Pool}-arn" } })).toEqual([]);
  });

  it("is the same in another spelling and order of keys", () => {
    expect(sameValue({ Ref: "Pool" }, { "Fn::Sub": "${Pool}" })).toBe(true);
    expect(sameValue("${Pool}", { "Fn::Sub": "${Pool}" })).toBe(false);
    expect(sameValue({ a: 1, b: [true] }, { b: ["true"], a: "1" })).toBe(true);
    expect(sameValue({ a: 1 }, { a: 2 })).toBe(false);
    expect(sameValue([1, 2], [2, 1])).toBe(false);
    expect(sameValue(undefined, undefined)).toBe(true);
    expect(sameValue(undefined, "x")).toBe(false);
  });
});

describe("a value of a template with what its names are", () => {
  const lookUp: LookUp = ({ id, attribute }) =>
    attribute === undefined ? { Pool: "eu-west-1_a", Odd: "${Pool}" }[id] : undefined;

  it.each<[unknown, string | undefined]>([
    ["${Pool}", "${Pool}"],
    [{ Ref: "Pool" }, "eu-west-1_a"],
    [{ "Fn::Sub": "pool/${Pool}/${!Pool}/${Odd}" }, "pool/eu-west-1_a/${Pool}/${Pool}"],
    [{ "Fn::Join": ["/", ["a", { Ref: "Pool" }, 3]] }, "a/eu-west-1_a/3"],
    [{ "Fn::Join": ["", ["${Pool}", { Ref: "Pool" }]] }, "${Pool}eu-west-1_a"],
    [{ "Fn::GetAtt": ["Pool", "Arn"] }, undefined],
    [{ "Fn::Sub": "${Pool}/${Other}" }, undefined],
    [{ "Fn::If": ["IsProd", "a", "b"] }, undefined],
  ])("%j is the text %s", (value, text) => {
    expect(textWith(value, lookUp)).toBe(text);
  });

  it("keeps plain values as they are", () => {
    const plain = { a: [1, "${Pool}", true, null], b: { c: "x" } };
    expect(valueWith(plain, () => undefined)).toEqual(plain);
    expect(valueWith(7, () => undefined)).toBe(7);
  });

  it("replaces names inside lists and objects", () => {
    expect(valueWith({ a: [{ Ref: "Pool" }], b: 1 }, lookUp)).toEqual({ a: ["eu-west-1_a"], b: 1 });
  });

  it("is unresolved as a whole where anything in it is not known", () => {
    expect(valueWith({ a: 1, b: { Ref: "Other" } }, lookUp)).toBe(UNRESOLVED);
    expect(valueWith(["a", { c: IMPORTED }], lookUp)).toBe(UNRESOLVED);
  });
});

describe("a string that is certain before deployment", () => {
  const template = readTemplate({
    Resources: {
      Orders: { Type: "AWS::Cognito::UserPoolResourceServer", Properties: { Identifier: "orders" } },
      Circle: {
        Type: "AWS::Cognito::UserPoolResourceServer",
        Properties: { Identifier: { Ref: "Circle" } },
      },
      Pool: { Type: "AWS::Cognito::UserPool", Properties: { UserPoolName: "users" } },
    },
  });

  it.each<[unknown, string | undefined]>([
    ["orders/read", "orders/read"],
    [{ "Fn::Sub": "${Orders}/read" }, "orders/read"],
    [{ "Fn::GetAtt": ["Orders", "UserPoolId"] }, undefined],
    [{ Ref: "Pool" }, undefined],
    [{ Ref: "Circle" }, undefined],
    [{ Ref: "AWS::Region" }, undefined],
  ])("of %j is %s", (value, text) => {
    expect(knownText(template, value)).toBe(text);
  });
});
