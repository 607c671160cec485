import type { Name } from "./name.ts";
import type { Plan } from "./plan.ts";

/** A lint rule. `npm run docs` enters it in the registry and in the table of docs/rules. */
export function rulePlan({ kebab }: Name): Plan {
  return {
    files: [
      { path: `src/tools/lint/rules/${kebab}.ts`, template: "rule/rule.ts.txt" },
      { path: `test/unit/tools/lint/rules/${kebab}.test.ts`, template: "rule/test.ts.txt" },
      { path: `docs/rules/${kebab}.md`, template: "rule/page.md.txt" },
    ],
    insertions: [],
    next: [
      `fill \`check\` in src/tools/lint/rules/${kebab}.ts; move the file and its test to rules/service if it is about serverless.yml`,
      `write docs/rules/${kebab}.md: the test runs its two examples`,
      "run `npm run docs`: it enters the rule in the registry and in docs/rules/README.md",
      `run \`npx jest test/unit/tools/lint -t ${kebab}\``,
    ],
  };
}
