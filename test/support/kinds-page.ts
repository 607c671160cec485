import { KINDS } from "../../src/tools/registry/kinds.ts";

/** The page with the table of everything that can be found. */
export const RULES_PAGE = "docs/rules/README.md";

const TABLE = /<!-- kinds -->\n[\s\S]*?<!-- \/kinds -->/;

/** The page with its table anew, between `<!-- kinds -->` and `<!-- /kinds -->`. */
export function withKinds(page: string): string {
  const rows = KINDS.map(
    ({ id, severity, found, summary }) =>
      `| [${id}](${id}.md) | ${severity} | ${found.join(", ")} | ${summary.replaceAll("|", "\\|")} |`,
  );
  const table = ["| id | severity | found in | finds |", "| --- | --- | --- | --- |", ...rows].join("\n");
  return page.replace(TABLE, () => `<!-- kinds -->\n\n${table}\n\n<!-- /kinds -->`);
}
