import { readFileSync } from "node:fs";

/** The page with a snippet for each client; test/cognito-clients runs them. */
export const CLIENTS_PAGE = "docs/cognito-clients.md";

const SNIPPET = /<!-- snippet ([\w-]+) -->\n[\s\S]*?<!-- \/snippet -->/g;

/** The page with its snippets as they are in test/cognito-clients/snippets. */
export function withSnippets(page: string): string {
  return page.replace(SNIPPET, (_, name: string) => {
    const code = readFileSync(`test/cognito-clients/snippets/${name}.ts`, "utf8").trimEnd();
    return `<!-- snippet ${name} -->\n\n\`\`\`ts\n${code}\n\`\`\`\n\n<!-- /snippet -->`;
  });
}
