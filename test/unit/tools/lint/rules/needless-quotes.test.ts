import { needlessQuotes } from "../../../../../src/tools/lint/rules/needless-quotes.ts";
import { found } from "../linting.ts";

describe("needless-quotes", () => {
  it("points at the first such field of a line", () => {
    expect(found(needlessQuotes, ['\uFEFF"p", role:a, "x:y", allow\r', 'p, role:b, "x:y", allow'])).toEqual([
      "1:1: `p` is quoted but contains neither a comma nor a quote; remove the quotes",
      "2:12: `x:y` is quoted but contains neither a comma nor a quote; remove the quotes",
    ]);
  });

  it("accepts quotes that are needed", () => {
    expect(found(needlessQuotes, ['g, "group:a,b", role:a', 'g, "group:""a""", role:a', '# "x"'])).toEqual(
      [],
    );
  });
});
