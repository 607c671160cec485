import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ARCHITECTURE_PAGE, architecturePage, essential, inCircles, rooms } from "../../support/room-plan.ts";

const page = readFileSync(ARCHITECTURE_PAGE, "utf8");
const CLI = "src/tools/cli";

/** The names that the commands of a folder give themselves. */
function commandsIn(folder: string): readonly (string | undefined)[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith("-command.ts"))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      return Array.from(text.matchAll(/^ +name: "([\w-]+)",$/gm), ([, name]) => name);
    });
}

describe("docs/architecture.md", () => {
  it("draws the rooms as the imports are (npm run docs)", () => {
    expect(page).toBe(architecturePage());
  });

  it("has a sentence for every room, and none for one that is gone", () => {
    const described = [...page.matchAll(/^\| `src\/([\w/-]+)` +\| [^`]/gm)].map(([, name]) => name);
    expect(described.sort()).toEqual(
      rooms()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it("lists every family of commands, and no command that is gone", () => {
    const table = /\| family \| commands \|\n([\s\S]*?)\n\n/.exec(page)?.[1] ?? "";
    const rows = [...table.matchAll(/^\| `(\w+)` \|.*: (.*) \|$/gm)];
    const families = readdirSync(CLI, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "terminal")
      .map(({ name }) => name);
    expect(rows.map(([, family]) => family).sort()).toEqual(families.sort());
    for (const [, family = "", commands = ""] of rows) {
      const listed = Array.from(commands.matchAll(/`([\w-]+)`/g), ([, name]) => name);
      expect(listed.length).toBeGreaterThan(0);
      expect(commandsIn(join(CLI, family))).toEqual(expect.arrayContaining(listed));
    }
  });
});

describe("the rooms of src", () => {
  it("have no deployed one that uses the tools", () => {
    const deployed = rooms().filter(({ name }) => !name.startsWith("tools/"));
    expect(deployed.length).toBeGreaterThan(5);
    expect(deployed.flatMap(({ uses }) => uses).filter((used) => used.startsWith("tools/"))).toEqual([]);
  });

  it("form no circle", () => {
    expect(inCircles(new Map(rooms().map(({ name, uses }) => [name, uses])))).toEqual([]);
  });

  it("have each less than 15 % of the lines", () => {
    const total = rooms().reduce((sum, { lines }) => sum + lines, 0);
    const big = rooms().filter(({ lines }) => lines >= total * 0.15);
    expect(big.map(({ name }) => name)).toEqual([]);
  });
});

describe("a circle of rooms", () => {
  it("is of those that lead back to themselves, directly or through others", () => {
    const arrows = new Map([
      ["cli", ["lint"]],
      ["lint", ["service", "text"]],
      ["service", ["machine"]],
      ["machine", ["lint"]],
      ["text", []],
    ]);
    expect(inCircles(arrows)).toEqual(["lint", "service", "machine"]);
  });
});

describe("an arrow of the plan", () => {
  it("is not drawn where two others make it up", () => {
    const arrows = new Map([
      ["handlers", ["lambda", "policy"]],
      ["lambda", ["policy"]],
      ["policy", []],
    ]);
    expect(essential(arrows).get("handlers")).toEqual(["lambda"]);
    expect(essential(arrows).get("lambda")).toEqual(["policy"]);
  });

  it("is drawn where it closes a circle, and where it leaves one", () => {
    const arrows = new Map([
      ["lint", ["service", "text"]],
      ["service", ["lint", "text"]],
      ["text", []],
    ]);
    expect([...essential(arrows)]).toEqual([...arrows]);
  });
});
