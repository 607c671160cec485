import { readFileSync } from "node:fs";
import { format } from "node:util";
import type { Command, Option } from "commander";
import { createProgram } from "../../src/tools/cli/program.ts";
import { helpOf } from "../../src/tools/cli/terminal/common-options.ts";
import { DEMO_STATES } from "../../src/tools/local/demo/demo-states.ts";
import { runClaimgate } from "./claimgate-command.ts";
import { inScenario } from "./cli-scenarios.ts";
import { CONTRACT_FILES } from "./json-contract.ts";

// Pages are written by hand but for their regions, which are made of the commands themselves:
//
//   <!-- command NAME -->               what the command says of itself, its arguments and options, its examples
//   <!-- json TYPE TYPE -->             types of src/tools/cli/*/*-contract.ts
//   <!-- run SCENARIO CODE [first N] -->  the console block below it, with what the command prints there

/** The pages that have regions. */
export const PAGES_WITH_REGIONS = [
  "docs/tour.md",
  "docs/cli.md",
  "docs/policy-tests.md",
  "docs/changing-a-policy.md",
];

const COMMAND = /<!-- command ([a-z-]+) -->\n[\s\S]*?<!-- \/command -->/g;
const JSON_TYPES = /<!-- json ([A-Za-z ]+) -->\n[\s\S]*?<!-- \/json -->/g;
const RUN =
  /<!-- run ([a-z]+) (\d)(?: first (\d+))? -->\n```console\n\$ (?:\(cd [^)\n]* && )?npx --no-install claimgate ([^\n]*?)\)?\n[\s\S]*?```/g;

/** The page as it should be. */
export async function renderedPage(path: string): Promise<string> {
  const text = readFileSync(path, "utf8")
    .replace(
      COMMAND,
      (_whole, name: string) => `<!-- command ${name} -->\n\n${commandPart(name)}\n<!-- /command -->`,
    )
    .replace(
      JSON_TYPES,
      (_whole, names: string) => `<!-- json ${names} -->\n\n${jsonPart(names)}\n<!-- /json -->`,
    );
  const runs = [...text.matchAll(RUN)];
  const shown = await Promise.all(runs.map((run) => shownRun(run, path)));
  let page = text;
  for (const [index, [whole]] of runs.entries()) page = page.replace(whole, () => shown[index] ?? "");
  return page;
}

/** The regions of a page: `command check`. */
export function regionsOf(path: string): readonly string[] {
  return [...readFileSync(path, "utf8").matchAll(/<!-- ((?:command|json|run) [^>]*?) -->/g)].map(
    ([, region = ""]) => region,
  );
}

export function programCommands(): readonly Command[] {
  return createProgram("0", async () => {}, {}).commands;
}

async function shownRun(run: RegExpMatchArray, path: string): Promise<string> {
  const [, scenario = "", code = "", first, line = ""] = run;
  const result = await inScenario(scenario, (cwd) =>
    runClaimgate(wordsOf(line), { cwd, env: { COLUMNS: "110" } }),
  );
  if (result.code !== Number(code)) {
    throw new Error(
      format("%s: claimgate %s ended with %d, not %s:\n%s", path, line, result.code, code, result.stderr),
    );
  }
  const printed = `${result.stdout}${result.stderr}`.trimEnd().split("\n");
  const limit = first === undefined ? printed.length : Number(first);
  const lines = [...printed.slice(0, limit), ...(printed.length > limit ? ["..."] : [])].map((one) =>
    one.trimEnd(),
  );
  const mark = `<!-- run ${scenario} ${code}${first === undefined ? "" : ` first ${first}`} -->`;
  const command = `npx --no-install claimgate ${line}`;
  // A reader has the folder by `npm run demo`, and the sample policy anyway.
  const shown = Object.hasOwn(DEMO_STATES, scenario) ? `(cd demo/${scenario} && ${command})` : command;
  return `${mark}\n\`\`\`console\n$ ${shown}\n${lines.join("\n")}\n\`\`\``;
}

/** Words of a shell: single quotes keep blanks. */
function wordsOf(line: string): readonly string[] {
  return Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? "");
}

function commandPart(name: string): string {
  const command = programCommands().find((one) => one.name() === name);
  const help = command === undefined ? undefined : helpOf(command);
  if (command === undefined || help === undefined) throw new Error(`there is no command \`${name}\``);
  const width = Math.max(...help.examples.map(([line]) => line.length));
  const examples = help.examples.map(
    ([line, what]) => `npx --no-install claimgate ${line.padEnd(width)}   # ${what}`,
  );
  return [
    ...help.description,
    `\`\`\`bash\n${examples.join("\n")}\n\`\`\``,
    `${table(["argument or option", "meaning"], [...argumentRows(command), ...command.options.filter(({ hidden }) => !hidden).map(optionRow)])}\n`,
  ].join("\n\n");
}

function argumentRows({ registeredArguments }: Command): string[][] {
  return registeredArguments.map((argument) => [
    `\`${argument.name()}${argument.variadic ? "..." : ""}\``,
    [argument.description, ...(argument.argChoices === undefined ? [] : [choices(argument.argChoices)])].join(
      ": ",
    ),
  ]);
}

function optionRow({ flags, description, argChoices, defaultValue, mandatory }: Option): string[] {
  const parts = [
    description,
    ...(argChoices === undefined ? [] : [choices(argChoices)]),
    ...(typeof defaultValue === "string" ? [`by default \`${defaultValue}\``] : []),
    ...(mandatory && defaultValue === undefined ? ["required"] : []),
  ];
  return [`\`${flags}\``, parts.join("; ")];
}

const choices = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const line = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...cells.map(line)].join("\n");
}

/** The types, as TypeScript without what the reader of a document does not need. */
function jsonPart(names: string): string {
  const source = CONTRACT_FILES.map((file) => readFileSync(file, "utf8")).join("");
  const parts = names.split(" ").map((name) => {
    const [, text] = new RegExp(`^(?:export )?(interface ${name}\\b[\\s\\S]*?^\\})$`, "m").exec(source) ?? [];
    if (text === undefined) throw new Error(`there is no type \`${name}\``);
    return text.replaceAll("readonly ", "").replaceAll(" | undefined", "");
  });
  return `\`\`\`ts\n${parts.join("\n\n")}\n\`\`\`\n`;
}
