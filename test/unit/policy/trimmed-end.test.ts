import { readCsv } from "../../../src/policy/csv.ts";
import { trimEndOf, trimmedEnd } from "../../../src/policy/trimmed-end.ts";

/** A text that counts how often somebody looks at one of its characters. */
function counting(text: string) {
  let looks = 0;
  const characters = new Proxy([...text], {
    get: (target, name, receiver) => {
      if (name !== "length") looks += 1;
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  return { characters, looks: () => looks };
}

const isBlank = (character: string) => character === " ";

test.each([
  ["blanks in the middle", `${" ".repeat(5_000)}x`, 1],
  ["blanks at the end", `x${" ".repeat(5_000)}`, 5_001],
  ["blanks between names", "x ".repeat(5_000), 2],
  ["nothing", "", 0],
])("the end of a string is found by reading each character at most once: %s", (_, text, expected) => {
  const { characters, looks } = counting(text);
  expect(trimmedEnd(characters, isBlank)).toBe(text.trimEnd().length);
  expect(looks()).toBe(expected);
  expect(trimEndOf(text, isBlank)).toBe(text.trimEnd());
});

test("a line that is longer than any row is refused by name, and a comment is not", () => {
  const row = (length: number) => `p, role:a, b:c, allow${" ".repeat(length - 22)}x`;
  expect(readCsv("a.csv", row(8_192))).toMatchObject({ records: [{ line: 1 }], findings: [] });
  expect(readCsv("a.csv", `\n${row(8_193)}\r\n# ${" ".repeat(100_000)}x\n`).findings).toEqual([
    {
      rule: "line-too-long",
      file: "a.csv",
      line: 2,
      column: 8_193,
      message: "the line is longer than 8192 characters, the maximum of a row",
      fix: "check that the file is CSV with one row per line",
    },
  ]);
});
