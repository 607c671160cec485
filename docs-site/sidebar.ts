// The sidebar: the index, with the pages of a folder below its README.md.
import { type ContentsGroup, type ContentsPage, pagesOf } from "./contents.ts";
import { headingOf, pagesBelow } from "./repository.ts";
import { siteLink } from "./site-links.ts";

/** A line of the sidebar, in the form that VitePress takes. */
export interface SidebarItem {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: SidebarItem[];
}

/**
 * The sidebar of each part of the site. The pages of a folder are only in the sidebar of that folder: there are some
 * 150 findings, and each page of HTML has its whole sidebar.
 */
export function sidebars(groups: readonly ContentsGroup[]): Readonly<Record<string, SidebarItem[]>> {
  const folders = pagesOf(groups).flatMap(({ file }) => folderOf(file) ?? []);
  const bars: Record<string, SidebarItem[]> = { "/": sidebarOf(groups) };
  for (const folder of folders)
    bars[siteLink("", folder).replace("index.md", "")] = sidebarOf(groups, folder);
  return bars;
}

function sidebarOf(groups: readonly ContentsGroup[], open?: string): SidebarItem[] {
  return groups.map(({ title, pages, groups: deeper }) => ({
    text: title,
    collapsed: false,
    items: [
      ...pages.map((page) => itemOf(page, open)),
      ...sidebarOf(deeper, open).map((group) => ({ ...group, collapsed: true })),
    ],
  }));
}

function itemOf({ title, file }: ContentsPage, open: string | undefined): SidebarItem {
  const item = { text: title, link: siteLink("", file) };
  const folder = folderOf(file);
  if (folder === undefined || folder !== open) return item;
  const items = pagesBelow(folder).map((page) => ({ text: headingOf(page), link: siteLink("", page) }));
  return { ...item, collapsed: true, items };
}

/** The folder whose pages a README.md lists. */
function folderOf(file: string): string | undefined {
  return /^(docs\/.+|examples)\/README\.md$/.exec(file)?.[1];
}
