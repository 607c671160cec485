import { existsSync, readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { parsePolicy } from "../../src/policy/parse.ts";
import { PUBLIC } from "../../src/policy/permission.ts";
import { LOADER_RULES } from "../../src/tools/lint/loader-rules.ts";
import { RULES } from "../../src/tools/lint/registry.ts";
import { SMALL_SAMPLES } from "../../src/tools/playground/samples.ts";
import { fragmentOf } from "../../src/tools/playground/state/link.ts";
import { NOBODY, type PlaygroundState } from "../../src/tools/playground/state/state.ts";

/** The page that says what the playground is; on the site, a link to it with a state opens the playground itself. */
export const PLAYGROUND_PAGE = "docs/playground.md";

/** What a page avoids: rows, or a `groups.yaml` whose comments have rows, as `# policies/groups.csv: ROW`. */
const AVOID = /^## Avoid\n\n```(csv|yaml)\n([^`]*)```\n(?:\n\[[^\]]*\]\([^)]*playground\.md#v1\.[^)]*\)\n)?/m;

const YAML_PAGES = /^# group/;

/** The pages of the rules that need no `serverless.yml`: what they avoid can be tried out. */
export const TRIED_PAGES: readonly string[] = [...LOADER_RULES, ...RULES]
  .filter((rule) => !("category" in rule) || rule.category !== "service")
  .map(({ id }) => `docs/rules/${id}.md`)
  .filter((page) => existsSync(page) && exampleOf(readFileSync(page, "utf8")) !== undefined);

function exampleOf(page: string): { readonly language: string; readonly text: string } | undefined {
  const [, language = "", text] = AVOID.exec(page) ?? [];
  if (text === undefined || (language === "yaml" && !YAML_PAGES.test(page))) return undefined;
  return { language, text };
}

/** The page with a link below what it avoids, which opens that in the playground. */
export function withPlaygroundLink(path: string, page: string): string {
  const example = exampleOf(page);
  if (example === undefined) return page;
  const target = `${relative(dirname(path), PLAYGROUND_PAGE)}#${fragmentOf(stateOf(example))}`;
  const { language, text } = example;
  return page.replace(
    AVOID,
    () => `## Avoid\n\n\`\`\`${language}\n${text}\`\`\`\n\n[Try it in the playground](${target})\n`,
  );
}

/** The page about the playground, with the state of the first sample in its links. */
export function withFirstSample(page: string): string {
  const [first] = SMALL_SAMPLES;
  if (first === undefined) throw new Error("there is no sample");
  return page.replaceAll(/\(playground\.md#v1\.[^)]*\)/g, `(playground.md#${fragmentOf(first.state)})`);
}

function stateOf({ language, text }: { readonly language: string; readonly text: string }): PlaygroundState {
  if (language === "csv") return asking([{ path: "policies/roles.csv", text }]);
  const named = Array.from(text.matchAll(/^# policies\/\S+\.csv: (.*)$/gm), ([, row]) => row);
  const rows = ["p, role:filler, filler:read, allow", ...named, ""].join("\n");
  return asking([
    { path: "policies/groups.yaml", text },
    { path: "policies/roles.csv", text: rows },
  ]);
}

/** A member of the first group that a row names asks about the first route. */
function asking(files: PlaygroundState["files"]): PlaygroundState {
  const { rows } = parsePolicy(files.filter(({ path }) => path.endsWith(".csv")));
  const subjects = rows.flatMap((row) =>
    row.type === "p" ? [row.subject] : row.type === "g" ? [row.member] : [],
  );
  const group = subjects.find((subject) => /^group:[^{]+$/.test(subject))?.slice("group:".length);
  const persona = group === undefined ? NOBODY : { ...NOBODY, name: group, groups: [group] };
  const routes = rows.flatMap((row) => (row.type === "g2" && row.permission !== PUBLIC ? [row.route] : []));
  return { files, personas: [persona], chosen: 0, ask: routes[0] ?? "", parameters: {} };
}
