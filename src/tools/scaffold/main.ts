import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRequest, type Request, USAGE } from "./arguments.ts";
import { ScaffoldError } from "./name.ts";
import { scaffold } from "./scaffold.ts";

// `npm run scaffold -- rule|command|gateway NAME`

const TEMPLATES = join(import.meta.dirname, "templates");

try {
  const request = parseRequest(process.argv.slice(2));
  if (request === undefined) process.stdout.write(USAGE);
  else run(request);
} catch (error) {
  if (!(error instanceof ScaffoldError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function run({ plan, words }: Request): void {
  const { written, changed } = scaffold(process.cwd(), plan, words, (template) =>
    readFileSync(join(TEMPLATES, template), "utf8"),
  );
  format([...written, ...changed]);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const path of written) say(`wrote    ${path}`);
  for (const path of changed) say(`changed  ${path}`);
  say("\nLeft to do:");
  for (const [index, step] of plan.next.entries()) say(`${index + 1}. ${step}`);
}

/** Sorts imports and breaks lines: how long these are depends on the name. */
function format(paths: readonly string[]): void {
  const code = paths.filter((path) => /\.(ts|json)$/.test(path));
  const biome = join("node_modules", ".bin", "biome");
  execFileSync(biome, ["check", "--write", ...code], { stdio: "ignore" });
}
