// Where the files of the repository are on the site.
import { posix } from "node:path";

/** The folder of the site that shows files of the repository that are no pages. */
const FILES = "repository";

/** The pages at the root of the repository that the site has too. */
export const ROOT_PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];

/** A folder such as `docs/rules` or `examples/machines`: a link to it is one to its README.md. */
const FOLDER_OF_PAGES = /^(docs\/[^.]+|examples(\/[^./]+)?)$/;

/**
 * The path of a page on the site, without a leading slash; undefined if the file is not one of its pages.
 *
 * @param file relative to the repository, such as `docs/rules/README.md`
 */
export function sitePage(file: string): string | undefined {
  if (ROOT_PAGES.includes(file)) return `project/${file.toLowerCase()}`;
  const page = FOLDER_OF_PAGES.test(file) ? `${file}/README.md` : file;
  const [, below] = /^(?:docs\/(?=.+\.md$)|(?=examples\/.+\.md$))(.+)$/.exec(page) ?? [];
  return below?.replace(/(^|\/)README\.md$/, "$1index.md");
}

/** The page that shows a file or a folder of the repository. */
export function fileView(file: string): string {
  return `${FILES}/${viewPath(file)}.md`;
}

/** Where that page is below its folder: VitePress takes `index.html` for a page of its own. */
export function viewPath(file: string): string {
  return file.replace(/\.html$/, "-html");
}

/** A file of the repository that a page links to, and the section in it, with `#`. */
export interface LinkedFile {
  readonly file: string;
  readonly section: string;
}

/**
 * The file that a link leads to; undefined if it leads to another site, or to a section of its own page.
 *
 * @param page the page with the link, relative to the repository
 * @param href what Markdown has as the target
 */
export function linkedFile(page: string, href: string): LinkedFile | undefined {
  if (/^([a-z]+:|\/|#)/.test(href)) return undefined;
  const [path = "", section] = href.split("#");
  const file = posix.join(posix.dirname(page), path).replace(/\/$/, "");
  return { file, section: section === undefined ? "" : `#${section}` };
}

/** The playground itself on the site, which is a file and not one of its pages. */
export const PLAYGROUND = "playground/app.html";

/** Whether a link carries a state of the playground: `playground.md#v1.…`. */
export function opensPlayground(page: string, href: string): boolean {
  const linked = linkedFile(page, href);
  return linked?.file === "docs/playground.md" && /^#v\d+\./.test(linked.section);
}

/** Where a link of a page leads on the site, as VitePress resolves it. */
export function siteLink(page: string, href: string): string {
  const linked = linkedFile(page, href);
  if (linked === undefined) return href;
  if (opensPlayground(page, href)) return `/${PLAYGROUND}${linked.section}`;
  return `/${sitePage(linked.file) ?? fileView(linked.file)}${linked.section}`;
}

/** The anchor of a heading as the host of a repository spells it, so that one link serves both. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
    .replaceAll(" ", "-");
}
