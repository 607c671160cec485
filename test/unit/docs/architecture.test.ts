import { readFileSync } from "node:fs";
import { missingOf, pathsNamedIn } from "../../support/named-paths.ts";
import { ARCHITECTURE_PAGE, architecturePage, essential, inCircles, rooms } from "../../support/room-plan.ts";

const page = readFileSync(ARCHITECTURE_PAGE, "utf8");

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
});

// The pages that tell where things are and where they go.
describe.each([ARCHITECTURE_PAGE, "CONTRIBUTING.md", "docs/testing.md"])("%s", (path) => {
  it("names only files and folders that exist", () => {
    const paths = pathsNamedIn(readFileSync(path, "utf8"));
    expect(paths.length).toBeGreaterThan(5);
    expect(missingOf(paths)).toEqual([]);
  });
});

describe("the paths that a page names", () => {
  it("are those in backticks below a folder of the checkout; a word in capitals is any name", () => {
    const paths = pathsNamedIn("`src/policy/` and `src/handlers/NAME-authorizer.ts`, not `GET /orders`");
    expect(paths).toEqual(["src/policy", "src/handlers/NAME-authorizer.ts"]);
    expect(missingOf(paths)).toEqual([]);
  });

  it("are missing where nothing is called so", () => {
    const paths = ["src/no-such-room", "src/policy/NAME.csv", "docs/adr/0001-rooms.md"];
    expect(missingOf(paths)).toEqual(["src/no-such-room", "src/policy/NAME.csv"]);
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
