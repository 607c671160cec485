import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** What Lambda loads, and what is built to it. */
const SCRIPTS = [".js", ".cjs", ".mjs"];
const TYPESCRIPT = [".ts", ".cts", ".mts", ".tsx"];
const EXTENSIONS = [...SCRIPTS, ...TYPESCRIPT, ".jsx"];

/** A line of a file. */
export interface Line {
  /** From the directory of the service. */
  readonly file: string;
  readonly line: number;
}

/** The file of a handler such as `src/orders.handler`, as an absolute path; undefined if there is none. */
export function handlerFile(serviceDir: string, handler: string): string | undefined {
  const base = join(serviceDir, moduleOf(handler));
  return EXTENSIONS.map((extension) => `${base}${extension}`).find(isFile);
}

/** The path of a handler without its export. */
export function moduleOf(handler: string): string {
  return handler.replace(/\.[^./]+$/, "");
}

export function isTypescript(file: string): boolean {
  return TYPESCRIPT.some((extension) => file.endsWith(extension));
}

/** The modules in the folder of a handler, in its spelling; undefined if the folder does not exist. */
export function modulesBeside(serviceDir: string, handler: string): readonly string[] | undefined {
  const folder = dirname(moduleOf(handler));
  const path = join(serviceDir, folder);
  if (!existsSync(path)) return undefined;
  return readdirSync(path).flatMap((name) => {
    const extension = EXTENSIONS.find((one) => name.endsWith(one));
    if (extension === undefined) return [];
    const module = name.slice(0, -extension.length);
    return [folder === "." ? module : `${folder}/${module}`];
  });
}

/** Where a file imports the package, itself or by the files of the service that it imports. */
export function importOf(serviceDir: string, file: string, packageName: string): Line | undefined {
  const seen = new Set<string>();
  const left = [file];
  for (let path = left.shift(); path !== undefined; path = left.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const lines = readFileSync(path, "utf8").split("\n");
    for (const [index, line] of lines.entries()) {
      for (const specifier of importedIn(line)) {
        if (specifier === packageName || specifier.startsWith(`${packageName}/`)) {
          return { file: relative(serviceDir, path).split(sep).join("/"), line: index + 1 };
        }
        const next = specifier.startsWith(".") ? fileOf(join(dirname(path), specifier)) : undefined;
        if (next !== undefined) left.push(next);
      }
    }
  }
  return undefined;
}

const IMPORTED = /\b(?:from|import|require)\b ?\(? ?["']([^"'\n]+)["']/g;

/** What a line imports; types and comments load nothing. */
function importedIn(line: string): readonly string[] {
  if (/^\s*(?:\/[/*]|\*|(?:import|export) type\b)/.test(line)) return [];
  return Array.from(line.matchAll(IMPORTED), ([, specifier = ""]) => specifier);
}

/** Imports of TypeScript may spell the extension of what it is built to. */
function fileOf(path: string): string | undefined {
  const bare = path.replace(/\.[cm]?js$/, "");
  const bases = [path, bare, join(path, "index")];
  const candidates = [path, ...bases.flatMap((base) => EXTENSIONS.map((extension) => `${base}${extension}`))];
  return candidates.find((one) => EXTENSIONS.some((extension) => one.endsWith(extension)) && isFile(one));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
