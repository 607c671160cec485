import { readFileSync } from "node:fs";
import { PAGES_WITH_REGIONS, programCommands, regionsOf, renderedPage } from "../support/cli-page.ts";
import { CONTRACT_FILES } from "../support/json-contract.ts";

describe("the pages about the command line", () => {
  // `npm run docs` writes them.
  test.each(PAGES_WITH_REGIONS)("%s has what the commands say and print today", async (path) => {
    expect(readFileSync(path, "utf8")).toBe(await renderedPage(path));
  });

  test("docs/cli.md has every command, in the order of the help, each with its types", () => {
    const regions = regionsOf("docs/cli.md");
    const names = programCommands().map((command) => command.name());
    expect(regions.filter((region) => region.startsWith("command "))).toEqual(
      names.map((name) => `command ${name}`),
    );
    const types = regions.flatMap((region) => (region.startsWith("json ") ? region.split(" ").slice(1) : []));
    const source = CONTRACT_FILES.map((path) => readFileSync(path, "utf8")).join("");
    const declared = Array.from(source.matchAll(/^(?:export )?interface (\w+)/gm), ([, name]) => name);
    expect([...types].sort()).toEqual(declared.sort());
  });

  test("docs/tour.md shows each command about the policy at work", () => {
    const shown = new Set(
      Array.from(
        readFileSync("docs/tour.md", "utf8").matchAll(
          /^\$ (?:\(cd demo\/\w+ && )?npx --no-install claimgate ([a-z-]+)/gm,
        ),
        ([, name]) => name,
      ),
    );
    const about =
      "check fmt test can explain who-can what-can matrix diff prove replay unused learn report".split(" ");
    expect(about.filter((name) => !shown.has(name))).toEqual([]);
  });
});
