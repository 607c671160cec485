// Reads pages of Markdown and the titles of tests for what english would not say:
// npm run check:english [-- PAGE-OR-TEST ...]
import { readFileSync } from "node:fs";
import { documentationPages } from "../support/markdown.ts";
import { languageFindings } from "./language-findings.ts";
import { isOfTests, testFiles, titlesPage } from "./test-titles.ts";

/** Decisions of the past stay as they were written, and the one about words names those that are gone. */
const HISTORY = /^docs\/adr\/00(?:[0-3]\d|40|44)-/;
const TEMPLATES = [
  "src/tools/scaffold/templates/rule/page.md.txt",
  "src/tools/scaffold/templates/service-rule/page.md.txt",
];

const given = process.argv.slice(2);
const all = () => [
  ...documentationPages().filter((page) => !HISTORY.test(page)),
  ...TEMPLATES,
  ...testFiles(),
];

for (const file of given.length > 0 ? given : all()) {
  const isTest = isOfTests(file);
  const text = readFileSync(file, "utf8");
  for (const { line, column, message } of await languageFindings(isTest ? titlesPage(text) : text)) {
    process.stdout.write(`${file}:${isTest ? `${line / 2}` : `${line}:${column}`}: ${message}\n`);
    process.exitCode = 1;
  }
}
if (process.exitCode === 1) process.stdout.write("test/docs/words.yaml has the list of words\n");
