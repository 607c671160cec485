import fc from "fast-check";
import { changeBetween, offsetOf, withEdits } from "../../../../../src/tools/console/models/text-edits.ts";

const TEXT = "one, two\nthree\n\nfour";
const edit = (line: number, column: number, length: number, text: string, file = "a.csv") => ({
  file,
  line,
  column,
  length,
  text,
});
const applied = (text: string, ...edits: readonly ReturnType<typeof edit>[]) =>
  withEdits([{ path: "a.csv", text }], edits)[0]?.text;

test("a place is found by its line and column, and never beyond the end", () => {
  expect(offsetOf(TEXT, 1, 6)).toBe(5);
  expect(offsetOf(TEXT, 4, 1)).toBe(TEXT.indexOf("four"));
  expect(offsetOf(TEXT, 9, 1)).toBe(TEXT.length);
  expect(offsetOf(TEXT, 4, 99)).toBe(TEXT.length);
  expect(offsetOf("\uFEFFone", 1, 1)).toBe(1);
});

test("several edits of a fix do not move each other", () => {
  expect(applied(TEXT, edit(1, 1, 3, "eleven"), edit(1, 6, 3, "2"), edit(2, 1, 5, "3"))).toBe(
    "eleven, 2\n3\n\nfour",
  );
});

test("a line is deleted with its ending", () => {
  expect(applied(TEXT, edit(2, 1, "three".length + 1, ""))).toBe("one, two\n\nfour");
});

test("an edit of another file leaves this one as it is", () => {
  const file = { path: "a.csv", text: TEXT };
  expect(withEdits([file], [edit(1, 1, 3, "x", "b.csv")])[0]).toBe(file);
});

test("the smallest change makes one text the other", () => {
  expect(changeBetween("p, role:a, x", "p, role:b, x")).toEqual({ from: 8, to: 9, insert: "b" });
  expect(changeBetween(TEXT, TEXT)).toBeUndefined();
  const texts = fc.tuple(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(texts, ([before, after]) => {
      const change = changeBetween(before, after);
      if (change === undefined) return before === after;
      return before.slice(0, change.from) + change.insert + before.slice(change.to) === after;
    }),
  );
});
