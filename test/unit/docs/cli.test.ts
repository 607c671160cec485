import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AREAS } from "../../../src/tools/deployment/comparison.ts";
import { COMPARISON_KINDS } from "../../../src/tools/deployment/comparison-kinds.ts";

const page = readFileSync("docs/cli.md", "utf8");

describe("the page of the command line", () => {
  it("names every finding of doctor, and none that is gone", () => {
    const table = page.slice(page.indexOf("| area "), page.indexOf("<!-- json DoctorJson"));
    const written = new Set([...table.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, id]) => id));
    expect([...written].sort()).toEqual(COMPARISON_KINDS.map(({ id }) => id));
  });

  it("has a row for every area", () => {
    for (const area of AREAS) expect(page).toContain(`| ${area} `);
  });

  it("names every permission that a command needs", () => {
    const directory = join("src", "tools", "deployment", "aws");
    const calls = readdirSync(directory).flatMap((file) => [
      ...readFileSync(join(directory, file), "utf8").matchAll(/(?:callAws|findInAws)\(\s*"([a-z-]+:\w+)"/g),
    ]);
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.filter(([, action]) => !page.includes(action ?? "")).map(([, action]) => action)).toEqual(
      [],
    );
  });

  it("has a section for every command", () => {
    const files = readdirSync("src/tools/cli", { recursive: true, encoding: "utf8" });
    const commands = files.flatMap((file) => /([a-z-]+)-command\.ts$/.exec(file)?.[1] ?? []);
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands) expect(page).toContain(`\n## ${command}\n`);
  });
});
