import { parseName, ScaffoldError } from "../../../../src/tools/scaffold/name.ts";

const messageOf = (text: string): string => {
  try {
    parseName(text, "rule");
  } catch (error) {
    if (error instanceof ScaffoldError) return error.message;
    throw error;
  }
  throw new Error(`\`${text}\` was taken`);
};

describe("a name for the scaffold", () => {
  it("comes in the spellings of files, values and types", () => {
    expect(parseName("row-2-old", "rule")).toEqual({
      kebab: "row-2-old",
      camel: "row2Old",
      pascal: "Row2Old",
    });
  });

  it.each([
    ["RowTooOld", "did you mean `row-too-old`?"],
    ["row_too_old", "did you mean `row-too-old`?"],
    ["-row", "did you mean `row`?"],
    ["2-rows", "did you mean `rows`?"],
    ["../../etc/passwd", "did you mean `etc-passwd`?"],
    ["row--old", "did you mean `row-old`?"],
    ["", "expected lower-case words joined by `-`"],
    ["ünï", "expected lower-case words joined by `-`"],
    ["x".repeat(41), "has 40 characters at most, and"],
    ["default", "is a word of JavaScript"],
  ])("`%s` is refused: %s", (text, because) => {
    expect(messageOf(text)).toContain(because);
  });
});
