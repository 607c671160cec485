import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECK_AREAS } from "../../../src/tools/deployment/check.ts";

const page = readFileSync("docs/cli.md", "utf8");

/** The names of checks, as the code that makes them spells them. */
function checkNames(): string[] {
  const areas = "node|framework|stack|pool|trigger|group|client|authorizer|route|function";
  const texts = ["src/tools/deployment", "src/tools/cli/doctor"].flatMap((directory) =>
    readdirSync(directory)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(directory, file), "utf8")),
  );
  return texts.flatMap((text) =>
    [...text.matchAll(new RegExp(`"((?:${areas})-[a-z-]+)"`, "g"))].map(([, name]) => name ?? ""),
  );
}

describe("the page of the command line", () => {
  it("names every check of doctor, and none that is gone", () => {
    const names = new Set([...checkNames(), "policy", "serverless-yml", "template"]);
    expect(names.size).toBeGreaterThan(40);
    const table = page.slice(page.indexOf("| area "), page.indexOf("With `--format json`"));
    const written = new Set([...table.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, name]) => name ?? ""));
    expect([...names].filter((name) => !written.has(name))).toEqual([]);
    expect([...written].filter((name) => name.includes("-") && !names.has(name))).toEqual([]);
  });

  it("has a row for every area", () => {
    for (const area of CHECK_AREAS) expect(page).toContain(`| ${area} `);
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
