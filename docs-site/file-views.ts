// Pages link to files of the repository that are no pages, such as a policy or a schema. Where the repository is hosted
// is nothing that these pages know, so the site shows each of these files itself, and those of the examples.
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { extname, join, posix } from "node:path";
import { REPOSITORY, textOf, writtenPages } from "./repository.ts";
import { linkedFile, siteLink, sitePage } from "./site-links.ts";

/** A file or folder of the repository as a page of Markdown. */
export interface FileView {
  readonly file: string;
  readonly content: string;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ".cjs": "js",
  ".csv": "csv",
  ".js": "js",
  ".json": "json",
  ".mjs": "js",
  ".py": "python",
  ".tf": "terraform",
  ".ts": "ts",
  ".yaml": "yaml",
  ".yml": "yaml",
};

/** Every file that a page links to, what those folders contain that a page links to, and the files of the examples. */
export function linkedFileViews(): readonly FileView[] {
  const found = new Set<string>();
  const queue = writtenPages().flatMap((page) => [...linkedFilesOf(page), ...filesOfExample(page)]);
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    if (isFolder(file)) queue.push(...entriesOf(file).filter((entry) => sitePage(entry) === undefined));
  }
  return [...found]
    .sort()
    .map((file) => ({ file, content: isFolder(file) ? folderView(file) : fileViewOf(file) }));
}

/** The files of an example that git has or would add, if the page is the README.md of one; without its pages. */
export function filesOfExample(page: string): readonly string[] {
  const [, folder] = /^(examples\/[^/]+)\/README\.md$/.exec(page) ?? [];
  if (folder === undefined) return [];
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", folder];
  const files = execFileSync("git", args, { cwd: REPOSITORY, encoding: "utf8" }).split("\0");
  return files.filter(
    (file) => file !== "" && sitePage(file) === undefined && !file.endsWith("package-lock.json"),
  );
}

function linkedFilesOf(page: string): readonly string[] {
  const prose = textOf(page)
    .replace(/^ *(`{3,})[^\n]*\n[\s\S]*?^ *\1$/gm, "")
    .replace(/`[^`\n]*`/g, "");
  const targets = Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target);
  const files = targets.flatMap((target) => linkedFile(page, target)?.file ?? []);
  return files.filter((file) => sitePage(file) === undefined);
}

function fileViewOf(file: string): string {
  const language = LANGUAGES[extname(file)] ?? "text";
  return `# ${file}\n\nThis file of the repository, as it was when these pages were built.\n\n${fenced(textOf(file), language)}\n`;
}

function fenced(text: string, language: string): string {
  return `\`\`\`\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\`\`\``;
}

function folderView(folder: string): string {
  const items = entriesOf(folder).map((entry) => `- [${posix.basename(entry)}](${siteLink("", entry)})`);
  return `# ${folder}\n\nThis folder of the repository, as it was when these pages were built.\n\n${items.join("\n")}\n`;
}

function entriesOf(folder: string): readonly string[] {
  return readdirSync(join(REPOSITORY, folder))
    .sort()
    .filter((name) => name !== "node_modules" && name !== "dist" && name !== ".serverless")
    .map((name) => `${folder}/${name}`);
}

function isFolder(file: string): boolean {
  return statSync(join(REPOSITORY, file)).isDirectory();
}
