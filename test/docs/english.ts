// Reads pages of Markdown for what english would not say: npm run check:english [-- PAGE ...]
import { readFileSync } from "node:fs";
import { documentationPages } from "../support/markdown.ts";
import { languageFindings } from "./language-findings.ts";

/** Decisions of the past stay as they were written, and the one about words names those that are gone. */
const HISTORY = /^docs\/adr\/00(?:[0-3]\d|40|44)-/;

const given = process.argv.slice(2);
const TEMPLATES = [
  "src/tools/scaffold/templates/rule/page.md.txt",
  "src/tools/scaffold/templates/service-rule/page.md.txt",
];
const all = [...documentationPages(), ...TEMPLATES];
const pages = given.length > 0 ? given : all.filter((page) => !HISTORY.test(page));

for (const page of pages) {
  for (const { line, column, message } of await languageFindings(readFileSync(page, "utf8"))) {
    process.stdout.write(`${page}:${line}:${column}: ${message}\n`);
    process.exitCode = 1;
  }
}
if (process.exitCode === 1) process.stdout.write("test/docs/words.yaml has the list of words\n");
