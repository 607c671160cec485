import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { packedPackage } from "../support/packed-package.ts";
import { shellIn } from "../support/shell.ts";

// docs/tutorial.md, done to the letter in an empty folder: each block of `bash` ends well, and each command of a block
// of `console` prints what the page shows, where `...` is anything. The package is the packed one; the framework and
// esbuild are those of this checkout.

const parent = mkdtempSync(join(tmpdir(), "claimgate tutorial-"));
const project = join(parent, "notes");
afterAll(() => rmSync(parent, { recursive: true, force: true }));

interface Block {
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = Array.from(
  readFileSync("docs/tutorial.md", "utf8").matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm),
  ([, language = "", text = ""]) => ({ language, text }),
);
const [begin, ...steps] = blocks;

const INSTALL = "npm install --save-dev claimgate serverless@npm:osls@4 serverless-esbuild esbuild\n";

beforeAll(async () => {
  const text = begin?.text ?? "";
  expect(text).toContain(INSTALL);
  const install = `npm install --silent --no-audit --no-fund --prefer-offline --save-dev '${packedPackage()}'\n`;
  expect(await shellIn(parent, `set -e\n${text.replace(INSTALL, install)}`)).toMatchObject({ code: 0 });
  const modules = join(project, "node_modules");
  for (const name of ["serverless", "serverless-esbuild", "esbuild"]) {
    symlinkSync(resolve("node_modules", name), join(modules, name), "dir");
  }
  mkdirSync(join(modules, ".bin"), { recursive: true });
  symlinkSync(resolve("node_modules/serverless/bin/serverless.js"), join(modules, ".bin/sls"));
}, 180_000);

test("every command of the tutorial does what the page says", async () => {
  for (const { language, text } of steps) {
    if (language === "bash") {
      expect([text, await run(`set -e\n${text}`)]).toEqual([text, expect.objectContaining({ code: 0 })]);
      continue;
    }
    for (const [command, shown] of commandsOf(text)) {
      const { output } = await run(command);
      expect(`$ ${command}\n${output.trimEnd()}\n`).toMatch(patternOf(`$ ${command}\n${shown}`));
    }
  }
}, 300_000);

test("the tutorial has commands and their output, and nothing that is not run", () => {
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(["bash", "console"]));
  expect(steps.filter(({ language }) => language === "console").length).toBeGreaterThan(8);
});

function run(script: string) {
  return shellIn(project, `export SLS_TELEMETRY_DISABLED=1 SLS_NOTIFICATIONS_MODE=off\n${script}`);
}

/** The commands of a block, each with the output that follows it. */
function commandsOf(text: string): readonly (readonly [command: string, shown: string])[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = "", ...shown] = part.trimEnd().split("\n");
      return [command, shown.join("\n")];
    });
}

/** A line `...` is any number of lines; `...` inside a line is anything. */
function patternOf(shown: string): RegExp {
  const lines = shown.split("\n").map((line) => {
    const parts = line.split("...").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return line === "..." ? "(?:.*\\n)*?" : `${parts.join(".*")}\\n`;
  });
  return new RegExp(`^${lines.join("")}$`);
}
