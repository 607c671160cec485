import type { Name } from "./name.ts";
import type { Plan } from "./plan.ts";

const PROGRAM = "src/tools/cli/program.ts";

/** A command, in the folder of its family. */
export function commandPlan({ kebab, camel, pascal }: Name, family: Name): Plan {
  const folder = `src/tools/cli/${family.kebab}`;
  return {
    files: [
      { path: `${folder}/${kebab}-command.ts`, template: "command/command.ts.txt" },
      { path: `${folder}/run-${kebab}.ts`, template: "command/run.ts.txt" },
      { path: `${folder}/${kebab}-contract.ts`, template: "command/contract.ts.txt" },
      {
        path: `test/unit/tools/cli/${family.kebab}/run-${kebab}.test.ts`,
        template: "command/test.ts.txt",
      },
    ],
    insertions: [
      {
        path: PROGRAM,
        before: "import type { Run } from ",
        lines: [`import { ${camel}Command } from "./${family.kebab}/${kebab}-command.ts";`],
      },
      { path: PROGRAM, before: "    completionCommand(run),", lines: [`    ${camel}Command(run),`] },
      {
        path: "docs/cli.md",
        before: "## completion\n",
        lines: [
          `## ${kebab}`,
          "",
          `<!-- command ${kebab} -->`,
          "<!-- /command -->",
          "",
          `<!-- json ${pascal}Json -->`,
          "<!-- /json -->",
          "",
        ],
      },
    ],
    next: [
      `say what it is for, its arguments and its options in ${folder}/${kebab}-command.ts`,
      `do the work in ${folder}/run-${kebab}.ts, and say what its JSON is in ${kebab}-contract.ts`,
      "run `npm run docs`: it writes the section of docs/cli.md; add the command to the table at the top of that page, and to its family in docs/architecture.md",
      `run \`npx jest test/unit/tools/cli -t ${kebab}\``,
    ],
  };
}
