// The checkout that the site is built from.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ContentsGroup, contentsOf, pagesOf } from "./contents.ts";
import { ROOT_PAGES } from "./site-links.ts";

/** The root of the checkout, with a slash at its end. */
export const REPOSITORY = fileURLToPath(new URL("../", import.meta.url));

/** The file that lists the pages; it is the first page of the site too. */
export const INDEX = "docs/README.md";

export function textOf(file: string): string {
  return readFileSync(join(REPOSITORY, file), "utf8");
}

/** Every page of the site that is written by hand, relative to the repository, in the order of the alphabet. */
export function writtenPages(): readonly string[] {
  const below = ["docs", "examples"].flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      join(folder, file),
    ),
  );
  const pages = below.filter((file) => file.endsWith(".md") && !file.includes("node_modules"));
  return [...ROOT_PAGES, ...pages].sort();
}

/** The groups of the index. */
export function contents(): readonly ContentsGroup[] {
  return contentsOf(textOf(INDEX));
}

/** The pages below a folder apart from its own README.md, such as those of `docs/rules`. */
export function pagesBelow(folder: string): readonly string[] {
  return writtenPages().filter((page) => page.startsWith(`${folder}/`) && page !== `${folder}/README.md`);
}

/** The heading of a page, without its marks for code. */
export function headingOf(page: string): string {
  const [, heading] = /^# (.+)$/m.exec(textOf(page)) ?? [];
  if (heading === undefined) throw new Error(`${page} has no heading`);
  return heading.replaceAll("`", "");
}

/** What a page is called: as the index names it, or else its heading. */
export function titleOf(page: string): string {
  return pagesOf(contents()).find(({ file }) => file === page)?.title ?? headingOf(page);
}
