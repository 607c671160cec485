import { existsSync, readdirSync, readFileSync } from "node:fs";
import { TEMPLATE_CHECKS } from "../../../../src/tools/template-checks/registry.ts";

const NAMES = TEMPLATE_CHECKS.map(({ name }) => name);
const PAGE = readFileSync("docs/template-checks.md", "utf8");

describe("the registry of template checks", () => {
  it("has each name once, in kebab-case, sorted", () => {
    expect(NAMES).toEqual([...new Set(NAMES)].sort());
    expect(NAMES.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });

  it("has every file of src/tools/template-checks/checks, under its own name", () => {
    const files = readdirSync("src/tools/template-checks/checks").map((file) => file.replace(/\.ts$/, ""));
    expect(files.sort()).toEqual(NAMES);
  });

  it.each(NAMES)("%s has a test of its own", (name) => {
    expect(existsSync(`test/unit/tools/template-checks/checks/${name}.test.ts`)).toBe(true);
  });
});

describe("docs/template-checks.md", () => {
  const sections = new Map(
    Array.from(PAGE.matchAll(/^### `([a-z-]+)`\n([\s\S]*?)(?=^##)/gm), ([, name = "", text = ""]) => [
      name,
      text,
    ]),
  );

  it("has a section for each check, sorted, and for nothing else", () => {
    expect([...sections.keys()]).toEqual(NAMES);
  });

  it.each(TEMPLATE_CHECKS)(
    "$name: says what it finds, why that is bad and how to mend it",
    ({ name, summary }) => {
      const text = sections.get(name) ?? "";
      expect(text.replace(/\s+/g, " ")).toContain(
        `${summary}.`.replace(/^./, (first) => first.toUpperCase()),
      );
      for (const part of ["Why", "Fix"]) expect(text).toMatch(new RegExp(`^\\*\\*${part}\\.\\*\\* \\S`, "m"));
    },
  );
});
