import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The first argument of `it`, `test` and `describe`, and of what their `each` gives. */
const TITLE =
  /(?:\b(?:it|test|describe)|[\])\w]\))\(\s*(["'`])((?:\\.|(?!\1).)*)\1\s*,\s*(?:async\b|\(|function\b|\w+ =>|\{)/g;

/** Whether a file has tests, of jest or of the suites that run each in a process of its own. */
export const isOfTests = (file: string) =>
  file.endsWith(".test.ts") || file.includes("cognito-clients/suites/");

/** The paths of the files whose titles are read; one has examples of wrong ones. */
export function testFiles(): readonly string[] {
  return readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter(
      (file) => isOfTests(file) && !file.includes("node_modules/") && file !== "unit/docs/english.test.ts",
    )
    .map((file) => join("test", file));
}

/** The titles of a file of tests as a page of Markdown: a paragraph each, on twice the line. */
export function titlesPage(text: string): string {
  const lines: string[] = [];
  for (const { 2: title = "", index } of text.matchAll(TITLE)) {
    const line = text.slice(0, index).split("\n").length;
    lines[2 * line - 1] = title.replace(/[#*_<>[\]|]/g, " ");
  }
  return Array.from(lines, (line) => line ?? "").join("\n");
}
