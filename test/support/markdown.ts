import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The pages at the root of the checkout, and every page below docs/ and .github/. */
export function documentationPages(): readonly string[] {
  const isPage = (file: string) => file.endsWith(".md");
  const below = ["docs", ".github", "examples"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter(isPage)
      .map((file) => join(folder, file)),
  );
  return [...readdirSync(".").filter(isPage), ...below];
}

/** The targets of a page's links, outside code; of `[text](target)`. */
export function linksOf(page: string): readonly string[] {
  const prose = proseOf(page).replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
}

/** What can stand behind `#` in a link to the page: its headings as GitHub spells them. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of proseOf(page).matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading
      .trim()
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
      .replaceAll(" ", "-");
    for (let count = 0; ; count += 1) {
      const anchor = count === 0 ? slug : `${slug}-${count}`;
      if (anchors.has(anchor)) continue;
      anchors.add(anchor);
      break;
    }
  }
  return anchors;
}

/** The part of a page below a heading, up to the next heading of the same or a higher level. */
export function sectionOf(page: string, heading: string): string {
  const text = readFileSync(page, "utf8");
  const level = /^#+/.exec(heading)?.[0].length ?? 0;
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`${page} has no heading \`${heading}\``);
  const rest = text.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${level}} `, "m"));
  return end < 0 ? rest : rest.slice(0, end);
}

/** The rows of the tables in a text, each with its cells; without heads. */
export function tableRowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split(/\r?\n/).filter((line) => line.startsWith("|"));
  return lines
    .filter((line, index) => !isRule(line) && !isRule(lines[index + 1] ?? ""))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

function isRule(line: string): boolean {
  return /^\|[\s:|-]+\|$/.test(line);
}

function proseOf(page: string): string {
  return readFileSync(page, "utf8").replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, "");
}
