import { MAX_AUTHORIZATION_LENGTH, readBearerToken } from "../../../src/token/bearer.ts";
import { codeThrownBy } from "../../support/thrown.ts";

describe("the token of a request is read from its Authorization headers", () => {
  test.each([
    ["Bearer abc.def.ghi"],
    ["bearer abc.def.ghi"],
    ["BEARER abc.def.ghi"],
    ["Bearer   abc.def.ghi"],
  ])("%s", (value) => {
    expect(readBearerToken([value])).toBe("abc.def.ghi");
  });

  test("no header, or an empty one, is a missing token", () => {
    expect(codeThrownBy(() => readBearerToken([]))).toBe("token_missing");
    expect(codeThrownBy(() => readBearerToken([""]))).toBe("token_missing");
  });

  test("two headers are refused, even when they are equal", () => {
    expect(codeThrownBy(() => readBearerToken(["Bearer a", "Bearer a"]))).toBe("token_malformed");
  });

  test.each([
    ["two tokens joined by a comma", "Bearer a,Bearer b"],
    ["two tokens joined by a comma and a space", "Bearer a, Bearer b"],
    ["another scheme", "Basic c2FtOnNlY3JldA=="],
    ["no scheme", "abc.def.ghi"],
    ["no token", "Bearer"],
    ["an empty token", "Bearer "],
    ["something after the token", "Bearer a b"],
    ["a space after the token", "Bearer a "],
    ["a space before the scheme", " Bearer a"],
    ["a tab instead of the space", "Bearer\ta"],
    ["a line break", "Bearer a\nb"],
    ["quotes", 'Bearer "a"'],
    ["no space", "Bearera"],
    ["a letter outside ASCII that lower-cases to ASCII", "Bearer \u212A"],
  ])("refused as malformed: %s", (_what, value) => {
    expect(codeThrownBy(() => readBearerToken([value]))).toBe("token_malformed");
  });

  test("a header at the limit of API Gateway is read, one beyond is too large", () => {
    const atLimit = `Bearer ${"a".repeat(MAX_AUTHORIZATION_LENGTH - "Bearer ".length)}`;
    expect(readBearerToken([atLimit])).toHaveLength(MAX_AUTHORIZATION_LENGTH - 7);
    expect(codeThrownBy(() => readBearerToken([`${atLimit}a`]))).toBe("token_too_large");
  });
});
