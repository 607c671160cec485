import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyRepository } from "../support/repository-copy.ts";

// `npm run test:scaffold`: what `npm run scaffold` writes, in a copy of this checkout.

const copy = mkdtempSync(join(tmpdir(), "claimgate-scaffold-"));

function run(command: string, ...args: readonly string[]) {
  const env = { ...process.env, NODE_ENV: "", NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: "utf8", env });
  return { code: status, said: `${stdout}${stderr}` };
}

/** Runs it and expects it to succeed; what it said otherwise. */
function succeed(command: string, ...args: readonly string[]): string {
  const { code, said } = run(command, ...args);
  expect(code === 0 ? "" : said.slice(-4_000)).toBe("");
  return said;
}

const scaffold = (...args: readonly string[]) =>
  run(process.execPath, "--import", "tsx", "src/tools/scaffold/main.ts", ...args);

/** The files that it wrote or changed. */
const made: string[] = [];

beforeAll(() => {
  copyRepository(copy);
  cpSync("dist", join(copy, "dist"), { recursive: true });
  // Where git is, biome reads .gitignore.
  succeed("git", "init", "-q");
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe("npm run scaffold", () => {
  test.each([
    ["rule", "row-quite-new"],
    ["rule", "route-quite-new", "--service"],
    ["command", "quite-new", "--family", "ask"],
    ["gateway", "quite-new"],
  ])("%s %s: writes what it says, and what is left to do", (...args) => {
    const { code, said } = scaffold(...args);
    expect(said).toContain("\nLeft to do:\n1. ");
    expect(code).toBe(0);
    const paths = Array.from(said.matchAll(/^(?:wrote|changed) +(.*)$/gm), ([, path = ""]) => path);
    expect(paths.filter((path) => !existsSync(join(copy, path)))).toEqual([]);
    made.push(...paths);
  });

  test("a second time it refuses, and changes nothing", () => {
    const before = readFileSync(join(copy, "src/tools/cli/program.ts"), "utf8");
    const { code, said } = scaffold("command", "quite-new", "--family", "ask");
    expect(code).toBe(1);
    expect(said).toContain("nothing was written: `src/tools/cli/ask/quite-new-command.ts`");
    expect(readFileSync(join(copy, "src/tools/cli/program.ts"), "utf8")).toBe(before);
  });

  test("--help explains it", () => {
    const { code, said } = scaffold("--help");
    expect(said).toContain("rule|command|gateway NAME");
    expect(code).toBe(0);
  });
});

describe("what it wrote", () => {
  test("is in the pages after `npm run docs`", () => {
    succeed("npm", "run", "--silent", "docs");
    const rules = readFileSync(join(copy, "docs/rules/README.md"), "utf8");
    expect(rules).toContain("[row-quite-new](row-quite-new.md) | warning | structure |");
    expect(rules).toContain("[route-quite-new](route-quite-new.md) | warning | service |");
    expect(readFileSync(join(copy, "docs/cli.md"), "utf8")).toContain("npx --no-install claimgate quite-new");
  });

  test("passes the compiler, the formatter and the rules of the rooms", () => {
    const code = made.filter((path) => path.endsWith(".ts"));
    succeed("npx", "biome", "ci", "--colors=off", "src/tools/lint/registry.ts", ...code);
    succeed("npx", "oxlint");
    succeed("npx", "depcruise", "src");
  });

  test("passes its own tests, those of its kind and those of the pages", () => {
    const own = made.filter((path) => path.endsWith(".test.ts"));
    const said = succeed(
      "npx",
      "jest",
      "--runInBand",
      ...["--testTimeout", "120000"],
      ...own,
      ...["test/unit/docs", "test/unit/tools/lint/rule-pages.test.ts"],
      ...["test/contract/gateway-events.test.ts", "test/attack/paths.test.ts"],
      // They package the service, and read nothing that the scaffold writes.
      ...["--testPathIgnorePatterns", "deployer-policy", "deploying"],
    );
    expect(own).toHaveLength(4);
    for (const path of own) expect(said).toContain(`PASS ${path}`);
  });
});
