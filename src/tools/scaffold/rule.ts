import type { Name } from "./name.ts";
import type { Plan } from "./plan.ts";

/**
 * A lint rule. `npm run docs` enters it in the registry and in the table of docs/rules.
 *
 * @param readsService whether it finds nothing without serverless.yml; such rules have a folder of their own
 */
export function rulePlan({ kebab }: Name, readsService: boolean): Plan {
  const path = readsService ? `service/${kebab}` : kebab;
  const templates = readsService ? "service-rule" : "rule";
  return {
    files: [
      { path: `src/tools/lint/rules/${path}.ts`, template: `${templates}/rule.ts.txt` },
      { path: `test/unit/tools/lint/rules/${path}.test.ts`, template: `${templates}/test.ts.txt` },
      { path: `docs/rules/${kebab}.md`, template: `${templates}/page.md.txt` },
    ],
    insertions: [],
    next: [
      `fill \`check\` in src/tools/lint/rules/${path}.ts`,
      readsService
        ? `write docs/rules/${kebab}.md, and try its two examples in the test`
        : `write docs/rules/${kebab}.md: the test runs its two examples`,
      "run `npm run docs`: it enters the rule in the registry and in docs/rules/README.md",
      `run \`npx jest test/unit/tools/lint -t ${kebab}\``,
    ],
  };
}
