import { cedarString } from "../../../../../src/tools/export/cedar/cedar-text.ts";

describe("a string of Cedar", () => {
  it.each([
    ["staff", '"staff"'],
    ['a"b', String.raw`"a\"b"`],
    ["a\\", String.raw`"a\\"`],
    ["GET /orders/{orderId}", '"GET /orders/{orderId}"'],
    ["é日本€", '"é日本€"'],
    ["a\nb\tc\0", String.raw`"a\u{a}b\u{9}c\u{0}"`],
    ["right\u202Eleft", String.raw`"right\u{202e}left"`],
    ["zero\u200Bwidth", String.raw`"zero\u{200b}width"`],
    ["😀", '"😀"'],
    ["*", '"*"'],
  ])("of %j is %s", (text, literal) => {
    expect(cedarString(text)).toBe(literal);
  });
});
