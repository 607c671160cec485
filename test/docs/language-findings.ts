import { readFileSync } from "node:fs";
import { TextlintKernel } from "@textlint/kernel";
import markdown from "@textlint/textlint-plugin-markdown";
import type { TextlintRuleModule } from "@textlint/types";
import terminology from "textlint-rule-terminology";
import { parse } from "yaml";

/** Something in a page that words.yaml says otherwise, or a sentence that is too long. */
export interface LanguageFinding {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
}

/** A command or a path is one word, of at most so many characters. */
const LONGEST_WORD = 20;

/** In characters: more than the twenty words that are long already, as tables and lists of names need some. */
const LONGEST_SENTENCE = 220;

/** A sentence with the blanks before it. One may begin with a name in lower case, or with code. */
const SENTENCE = /.+?(?:(?<!\b(?:e\.g|i\.e|etc))[.!?][)*_"]*(?= |$)|$)/g;

const words = parse(readFileSync("test/docs/words.yaml", "utf8")) as readonly {
  readonly say: string;
  readonly not: readonly string[];
}[];
const terms = words.flatMap(({ say, not }) => not.map((pattern) => [withLookahead(pattern), say]));

/** What textlint finds in a page of Markdown, in the order of the page. */
export async function languageFindings(page: string): Promise<readonly LanguageFinding[]> {
  const { messages } = await new TextlintKernel().lintText(page, {
    filePath: "page.md",
    ext: ".md",
    plugins: [{ pluginId: "markdown", plugin: markdown.default }],
    rules: [
      { ruleId: "words", rule: terminology, options: { defaultTerms: false, terms } },
      { ruleId: "sentence", rule: sentenceLength },
    ],
  });
  return messages
    .map(({ loc, message }) => ({ ...loc.start, message }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** The rule takes a pattern as it is where it looks ahead; it would not find a word before an em dash or a slash. */
function withLookahead(pattern: string): string {
  return `${pattern}(?=)`;
}

/** Without the targets of links, which nobody reads. */
const sentenceLength: TextlintRuleModule = ({ Syntax, RuleError, getSource, report }) => ({
  [Syntax.Paragraph](node) {
    const text = getSource(node)
      .replaceAll("\n", " ")
      .replace(/\]\([^)]*\)/g, (target) => " ".repeat(target.length));
    for (const { 0: sentence, index } of text.matchAll(SENTENCE)) {
      const length = sentence
        .trim()
        .replace(/ +/g, " ")
        .replace(/`[^`]*`/g, (code) => code.slice(0, LONGEST_WORD)).length;
      if (length <= LONGEST_SENTENCE) continue;
      report(
        node,
        new RuleError(`a sentence of ${length} characters; the most are ${LONGEST_SENTENCE}`, { index }),
      );
    }
  },
});
