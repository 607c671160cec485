import type { Name } from "./name.ts";
import type { Plan } from "./plan.ts";

const TABLE = "test/support/gateways/gateways.ts";

/** A gateway with its adapter, its function, its samples and its entry in the table of the tests. */
export function gatewayPlan({ kebab, camel, pascal }: Name): Plan {
  return {
    files: [
      { path: `src/authorizers/${kebab}.ts`, template: "gateway/adapter.ts.txt" },
      { path: `src/handlers/${kebab}-authorizer.ts`, template: "gateway/handler.ts.txt" },
      { path: `test/support/gateways/${kebab}.ts`, template: "gateway/definition.ts.txt" },
      { path: `test/unit/authorizers/${kebab}.test.ts`, template: "gateway/test.ts.txt" },
      { path: `events/${kebab}/manifest.json`, template: "gateway/manifest.json.txt" },
      { path: `events/${kebab}/support-reads-order.json`, template: "gateway/allowed.json.txt" },
      { path: `events/${kebab}/no-token.json`, template: "gateway/no-token.json.txt" },
    ],
    insertions: [
      { path: "src/authorizers/outcome.ts", before: "] as const;", lines: [`  "${kebab}",`] },
      {
        path: "src/library/authorizers.ts",
        before: "export { UndecidedError } from ",
        lines: [
          `export { create${pascal}Authorizer, type ${pascal}Answer } from "../authorizers/${kebab}.ts";`,
        ],
      },
      {
        path: TABLE,
        before: 'import { websocket } from "./websocket.ts";',
        lines: [`import { ${camel} } from "./${kebab}.ts";`],
      },
      { path: TABLE, before: "  websocket,\n", lines: [`  "${kebab}": ${camel},`] },
      {
        path: "serverless.yml",
        before: "  # The sample that the authorizers guard",
        lines: [
          `  ${camel}Authorizer:`,
          `    handler: src/handlers/${kebab}-authorizer.handler`,
          `    description: Decides the calls of a gateway ${kebab}`,
          "    environment: *authorizer",
          "",
        ],
      },
      {
        path: "docs/gateways.md",
        before: "\nFor a new API, take ",
        lines: [
          `| Gateway ${kebab} | \`${camel}Authorizer\` | its own | \`isAuthorized\` | \`serverless.yml\` has its function |`,
        ],
      },
      {
        path: "docs/gateways.md",
        before: "## API keys\n",
        lines: [
          `### Gateway ${kebab}`,
          "",
          "```yaml",
          "resources:",
          `  Resources: {} # the API, with ${camel}Authorizer as its authorizer`,
          "```",
          "",
        ],
      },
    ],
    next: [
      `read the event and write the answer in src/authorizers/${kebab}.ts; link the page of AWS that documents them`,
      `replace the samples in events/${kebab} by recorded events, and say in manifest.json where their shape is documented`,
      `say in test/support/gateways/${kebab}.ts what the gateway can do: every attack asks it then`,
      "describe it in docs/gateways.md: its row, its paths, its status codes, its cache, how to declare it",
      `run \`npx jest test/unit/authorizers/${kebab}.test.ts test/contract test/attack test/property/authorizer-events.test.ts\``,
      "run `npm run test:fuzz`",
    ],
  };
}
