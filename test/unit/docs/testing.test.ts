import { readdirSync, readFileSync } from "node:fs";

const page = readFileSync("docs/testing.md", "utf8");
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** The rows of a table: the cells of each. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.split("|").map((cell) => cell.trim()));

describe("docs/testing.md", () => {
  it("names every suite and benchmark that npm runs, and none that is gone", () => {
    const named = Array.from(page.matchAll(/npm run ((?:test|bench):[a-z-]+)/g), ([, name]) => name);
    const there = Object.keys(scripts).filter((name) => /^(test|bench):/.test(name));
    expect([...new Set(named)].sort()).toEqual(there.sort());
  });

  it("names every folder of test", () => {
    const folders = readdirSync("test", { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.length).toBeGreaterThan(10);
    expect(folders.map(({ name }) => `\`test/${name}\``).filter((name) => !page.includes(name))).toEqual([]);
  });

  it("says of every suite what it proves, what it needs and how many seconds it takes", () => {
    const suites = rows.filter(([, , command = ""]) => command.startsWith("`np"));
    expect(suites.length).toBeGreaterThan(10);
    for (const [, suite = "", , proves = "", needs = "", seconds = ""] of suites) {
      expect(`${suite}: ${proves}`).toMatch(/: .{20,}/);
      expect(`${suite}: ${needs}`).toMatch(/: .+/);
      expect(`${suite}: ${seconds}`).toMatch(/: \d+/);
    }
  });
});
