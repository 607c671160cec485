import { editedFiles, settled, withEdited, written } from "../../../../../src/tools/console/models/drafts.ts";

const file = (text: string, path = "a.csv") => ({ path, text });
const SAVED = [file("one"), file("other", "b.csv")];

test("an edited file keeps the text that the edit began with, even if the file is read again meanwhile", () => {
  const first = withEdited({}, SAVED, [file("two")]);
  expect(withEdited(first, [file("elsewhere")], [file("three")])).toEqual({
    "a.csv": { text: "three", base: "one" },
  });
  expect(editedFiles(SAVED, first)).toEqual([file("two"), file("other", "b.csv")]);
});

test("an edit that is taken back leaves no draft", () => {
  const first = withEdited({}, SAVED, [file("two"), file("more", "b.csv")]);
  expect(withEdited(first, SAVED, [file("one")])).toEqual({ "b.csv": { text: "more", base: "other" } });
});

test("what is typed while a file is written begins with what was written", () => {
  const typed = withEdited(withEdited({}, SAVED, [file("two")]), SAVED, [file("two and more")]);
  expect(written(typed, [file("two")])).toEqual({ "a.csv": { text: "two and more", base: "two" } });
});

test("a draft is gone once the file that was read again is the same", () => {
  const drafts = withEdited({}, SAVED, [file("two")]);
  expect(settled(drafts, [file("two")])).toEqual({});
  expect(settled(drafts, SAVED)).toBe(drafts);
});
