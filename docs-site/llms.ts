// The pages for language models: llms.txt as llmstxt.org describes it, and each page as Markdown beside its HTML.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ContentsGroup, pagesOf } from "./contents.ts";
import { headingOf, INDEX, pagesBelow, textOf, writtenPages } from "./repository.ts";
import { sitePage } from "./site-links.ts";

/** Folders whose pages a reader looks up one at a time; llms.txt lists them as optional. */
const OPTIONAL = ["examples", "docs/rules", "docs/adr"];

/** Writes llms.txt, llms-full.txt and `PAGE.html.md` for every page into the folder of the built site. */
export function writeLlmsFiles(folder: string, base: string, groups: readonly ContentsGroup[]): void {
  writeFileSync(join(folder, "llms.txt"), llmsText(base, groups));
  const pages = pagesOf(groups).map(({ file }) => file);
  writeFileSync(
    join(folder, "llms-full.txt"),
    pages.map((page) => textOf(page).trimEnd()).join("\n\n---\n\n"),
  );
  for (const page of writtenPages()) {
    const path = join(folder, markdownOf(page));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, textOf(page));
  }
}

/** What llms.txt says: the summary of the index, its pages with what they are for, and the optional ones. */
export function llmsText(base: string, groups: readonly ContentsGroup[]): string {
  const link = (title: string, file: string, says: string) =>
    `- [${title}](${base}${markdownOf(file)}): ${says}`;
  const sections = groups.map(
    (group) =>
      `## ${group.title}\n\n${pagesOf([group])
        .map(({ title, file, says }) => link(title, file, says))
        .join("\n")}`,
  );
  const optional = OPTIONAL.flatMap(pagesBelow).map((page) =>
    link(headingOf(page), page, firstSentenceOf(page)),
  );
  return `# claimgate\n\n> ${firstSentenceOf(INDEX)}\n\n${sections.join("\n\n")}\n\n## Optional\n\n${optional.join("\n")}\n`;
}

function markdownOf(file: string): string {
  return `${sitePage(file)?.replace(/\.md$/, ".html.md")}`;
}

/** The first sentence of prose on a page, as plain text. */
export function firstSentenceOf(page: string): string {
  const paragraphs = textOf(page).split(/\n{2,}/);
  const prose = paragraphs.find((text) => /^[A-Za-z`*"]/.test(text) && !text.startsWith("**")) ?? "";
  const plain = prose.replaceAll("\n", " ").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  return /^.*?\.(?= |$)/.exec(plain)?.[0] ?? plain;
}
