import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { listPolicyDirectory, oncePerFile } from "../../machine/policy-listing.ts";
import { TEST_SUFFIX } from "../../policy-tests/tested-claims.ts";

/** What a pattern means. */
export interface MatchingFiles {
  /** Relative to the directory of the pattern; sorted, without duplicates. */
  readonly files: readonly string[];
  /** Files that would be ignored, each with the reason. */
  readonly refused: readonly { readonly file: string; readonly why: string; readonly fix: string }[];
}

/** Other files than tests: rows, the schema for editors, and notes. */
const BESIDE_TESTS = /(?:\.csv|\.md|^schema\.json)$/;

/** Names that look like a test. */
const MEANT_AS_TEST = /[._-]tests?\.(?:ya?ml|json)$/i;

/**
 * The tests that a pattern selects: the file of that name; all below a directory, at any depth; or those whose path
 * matches, with `*` for any characters, `?` for one character and `**` for folders. Below a folder `tests`, any other
 * file is refused; elsewhere only files that look like a test.
 */
export function matchingFiles(directory: string, named: string): MatchingFiles {
  // A folder means everything below it.
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
      ...wrong.map(({ name, file }) => ({ file, why: "no test run includes this file", fix: fixOf(name) })),
    ],
  };
}

function fixOf(name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  if (/\.ya?ml$/i.test(last)) {
    const stem = last.replace(/\.ya?ml$/i, "").replace(/[._-]tests?$/i, "");
    return `name it \`${stem}${TEST_SUFFIX}\``;
  }
  return `move it elsewhere; tests/ may contain NAME${TEST_SUFFIX}, schema.json, *.md and *.csv`;
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
      fix: fix ?? "delete it, or replace it by a file",
    })),
  };
}

/** The deepest folder above everything that a pattern can match. */
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
