// What docs/README.md lists, read for the sidebar, for llms.txt and for the tests: the index is written once.

/** A page of the index. `file` is relative to the repository, such as `docs/tour.md`. */
export interface ContentsPage {
  readonly title: string;
  readonly file: string;
  /** What the page is for: one line of Markdown, without a period at its end. */
  readonly says: string;
}

/** A heading of the index with the pages below it, and the headings one level deeper. */
export interface ContentsGroup {
  readonly title: string;
  readonly pages: readonly ContentsPage[];
  readonly groups: readonly ContentsGroup[];
}

interface OpenGroup extends ContentsGroup {
  readonly pages: ContentsPage[];
  readonly groups: OpenGroup[];
}

/**
 * Reads an index: `## Group`, `### Group within it` and `- [Title](target.md): what it is for`.
 *
 * @param index the Markdown of docs/README.md
 * @throws Error if a list item has another form, or is in no group
 */
export function contentsOf(index: string): readonly ContentsGroup[] {
  const groups: OpenGroup[] = [];
  let open: OpenGroup | undefined;
  for (const line of index.split("\n")) {
    const [, level = "", title = ""] = /^(#{2,3}) (.+)$/.exec(line) ?? [];
    if (level !== "") {
      open = { title, pages: [], groups: [] };
      const into = level === "##" ? groups : groups.at(-1)?.groups;
      into?.push(open);
    } else if (line.startsWith("- ")) {
      const page = pageOf(line);
      if (open === undefined) throw new Error(`docs/README.md: this page is below no heading: ${line}`);
      open.pages.push(page);
    }
  }
  return groups;
}

function pageOf(line: string): ContentsPage {
  const [, title, target, says] = /^- \[([^\]]+)\]\(([^)#]+\.md)\): (.+)$/.exec(line) ?? [];
  if (title === undefined || target === undefined || says === undefined) {
    throw new Error(`docs/README.md: expected \`- [Title](page.md): what it is for\`, found \`${line}\``);
  }
  const file = target.startsWith("../") ? target.slice("../".length) : `docs/${target}`;
  return { title, file, says };
}

/** Every page of the groups, in their order. */
export function pagesOf(groups: readonly ContentsGroup[]): readonly ContentsPage[] {
  return groups.flatMap(({ pages, groups: deeper }) => [...pages, ...pagesOf(deeper)]);
}
