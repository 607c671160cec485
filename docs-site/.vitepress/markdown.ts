// How pages that are written for the repository become pages of the site.
import { dirname, relative } from "node:path";
import type { MarkdownEnv, MarkdownRenderer } from "vitepress";
import { filesOfExample } from "../file-views.ts";
import { INDEX, REPOSITORY, titleOf } from "../repository.ts";
import { linkedFile, opensPlayground, siteLink, sitePage } from "../site-links.ts";
import { diagramOf } from "./diagram.ts";

type Tokens = ReturnType<MarkdownRenderer["parse"]>;

/** Languages of the pages that the highlighter does not know. */
const LANGUAGES: Readonly<Record<string, string>> = { insights: "txt" };

/** Links lead to pages of the site, pictures follow its light and dark mode, and the first page has one title. */
export function adaptToSite(md: MarkdownRenderer): void {
  md.core.ruler.before("normalize", "claimgate_files", (state) => {
    state.src += filesSection(pageOf(state.env as MarkdownEnv));
  });
  md.core.ruler.push("claimgate_site", ({ tokens, env }) => {
    const page = pageOf(env as MarkdownEnv);
    adaptLinks(tokens, page);
    keepBraces(tokens);
    for (const token of tokens) {
      if (token.type === "html_block") token.content = adaptPictures(token.content);
      if (token.type === "fence") adaptFence(token);
    }
    if (page === INDEX) removeIntroduction(tokens);
  });
}

/** The files of an example, which the repository's host lists by itself. */
function filesSection(page: string): string {
  const files = filesOfExample(page);
  if (files.length === 0) return "";
  const items = files.map((file) => relative(dirname(page), file)).map((file) => `- [${file}](${file})`);
  return `\n\n## Files\n\n${items.join("\n")}\n`;
}

function adaptFence(token: Tokens[number]): void {
  token.info = LANGUAGES[token.info] ?? token.info;
  if (token.info !== "mermaid") return;
  token.type = "html_block";
  token.content = diagramOf(token.content);
}

function pageOf({ realPath, path }: MarkdownEnv): string {
  return relative(REPOSITORY, realPath ?? path);
}

function adaptLinks(tokens: Tokens, page: string): void {
  for (const { children } of tokens) {
    for (const [index, token] of children?.entries() ?? []) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      if (href === null) continue;
      token.attrSet("href", siteLink(page, href));
      // The router of the site opens its own pages only.
      if (opensPlayground(page, href)) token.attrSet("target", "_self");
      const text = children?.[index + 1];
      const file = linkedFile(page, href)?.file;
      // The repository's readers see files. The site's readers see pages, which have titles.
      if (text?.type === "text" && /^[\w/.-]+\.md$/.test(text.content) && file !== undefined) {
        text.content = sitePage(file) === undefined ? text.content : titleOf(file);
      }
    }
  }
}

/** Pages become templates of Vue, which would evaluate `{{token:alice}}` in code. */
function keepBraces(tokens: Tokens): void {
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    if (token.type === "code_inline") token.attrSet("v-pre", "");
  }
}

/** `<picture>` follows the system; the site has a switch of its own, so it gets both images and shows one. */
function adaptPictures(html: string): string {
  return html
    .replace(
      /<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img src="([^"]+)"([^>]*)>\s*<\/picture>/g,
      '<img class="light-only" src="$2"$3>\n<img class="dark-only" src="$1"$3>',
    )
    .replace(/ src="(?!\.|https?:)/g, ' src="./');
}

/** The hero of the first page says what the index begins with. */
function removeIntroduction(tokens: Tokens): void {
  tokens.splice(
    0,
    tokens.findIndex(({ type, tag }) => type === "heading_open" && tag === "h2"),
  );
}
