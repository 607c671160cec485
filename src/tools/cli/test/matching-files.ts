import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { listPolicyDirectory, oncePerFile } from "../../machine/policy-listing.ts";

/** What a pattern means. */
export interface MatchingFiles {
  /** From the directory that the pattern is relative to; sorted, each file once. */
  readonly files: readonly string[];
  /** What is there, and would have been passed over: each with why. */
  readonly refused: readonly { readonly file: string; readonly why: string; readonly fix: string }[];
}

/** How names of test files end. */
const TEST_SUFFIX = ".test.yaml";

/** Beside tests, and not one of them: rows, what editors complete from, and notes. */
const BESIDE_TESTS = /(?:\.csv|\.md|^schema\.json)$/;

/** Names that somebody meant to be a test. */
const MEANT_AS_TEST = /[._-]tests?\.(?:ya?ml|json)$/i;

/**
 * The tests that a pattern means: itself where there is such a file; all below a directory, however deep; or those
 * whose path fits, with `*` for any text, `?` for one character and `**` for folders. Below a folder `tests`, whatever
 * is no test is refused; elsewhere what was meant as one.
 */
export function matchingFiles(directory: string, named: string): MatchingFiles {
  // Everything below a folder is the folder.
  const pattern = named.replace(/(?<=.)\/\*\*$/, "");
  const path = resolve(directory, pattern);
  if (existsSync(path) && !statSync(path).isDirectory()) {
    return { files: [relative(directory, path)], refused: [] };
  }
  const base = existsSync(path) ? path : baseOf(directory, pattern);
  if (!existsSync(base) || !statSync(base).isDirectory()) return { files: [], refused: [] };
  if (base === path) return testsBelow(directory, base);
  const fits = patternOf(
    relative(base, path).split(sep).join("/") + (pattern === named ? "" : `/**/*${TEST_SUFFIX}`),
  );
  const { files, refused } = listed(directory, base);
  return {
    files: files.filter(({ name }) => fits.test(name)).map(({ file }) => file),
    refused: refused.filter(({ name }) => fits.test(name)),
  };
}

function testsBelow(directory: string, base: string): MatchingFiles {
  const { files, refused } = listed(directory, base);
  const strict = relative(dirname(directory), base).split(sep).includes("tests");
  const wrong = files.filter(({ name }) => {
    const last = name.slice(name.lastIndexOf("/") + 1);
    if (last.endsWith(TEST_SUFFIX)) return false;
    return strict ? !BESIDE_TESTS.test(last) : MEANT_AS_TEST.test(last);
  });
  return {
    files: files.filter(({ name }) => name.endsWith(TEST_SUFFIX)).map(({ file }) => file),
    refused: [
      ...refused,
      ...wrong.map(({ name, file }) => ({ file, why: "nothing runs this file", fix: fixOf(name) })),
    ],
  };
}

function fixOf(name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  if (/\.ya?ml$/i.test(last)) {
    const stem = last.replace(/\.ya?ml$/i, "").replace(/[._-]tests?$/i, "");
    return `name it \`${stem}${TEST_SUFFIX}\``;
  }
  return `below tests/ are NAME${TEST_SUFFIX}, schema.json, *.md and *.csv; move it elsewhere`;
}

function listed(directory: string, base: string) {
  const { files, refused } = listPolicyDirectory(base);
  const fromDirectory = (name: string) => relative(directory, join(base, name));
  return {
    files: oncePerFile(files).map(({ name }) => ({ name, file: fromDirectory(name) })),
    refused: refused.map(({ name, why, fix }) => ({
      name,
      file: fromDirectory(name),
      why: `it cannot be read: ${why}`,
      fix: fix ?? "delete it, or put a file in its place",
    })),
  };
}

/** The deepest folder above everything that a pattern can mean. */
function baseOf(directory: string, pattern: string): string {
  const parts = resolve(directory, pattern).split(sep);
  const wild = parts.findIndex((part) => /[*?]/.test(part));
  return parts.slice(0, wild < 0 ? -1 : wild).join(sep) || sep;
}

function patternOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*\*|\*|\?)/);
  const spelled = parts.map((part) => WILD[part] ?? part.replace(/[.+^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${spelled.join("")}$`);
}

const WILD: Readonly<Record<string, string>> = {
  "**/": "(?:[^/]+/)*",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
};
