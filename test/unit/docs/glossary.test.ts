import { readFileSync } from "node:fs";

const words = Array.from(
  readFileSync("docs/glossary.md", "utf8").matchAll(/^\| ([^|]+?) +\| ([^|]+?) +\|$/gm),
  ([, word = "", meaning = ""]) => ({ word, meaning }),
).filter(({ word }) => word !== "word" && !word.startsWith("---"));

describe("docs/glossary.md", () => {
  it("has each word once, in the order of the alphabet", () => {
    const listed = words.map(({ word }) => word.toLowerCase());
    expect(listed.length).toBeGreaterThan(30);
    expect(listed).toEqual([...new Set(listed)].sort());
  });

  it("has no two words with one meaning", () => {
    const meanings = words.map(({ meaning }) => meaning);
    expect(meanings).toEqual([...new Set(meanings)]);
  });
});
