/** A token of TypeScript or JavaScript. */
export interface CodeToken {
  readonly kind: "name" | "string" | "mark";
  /** A name, the content of a string without escapes, or one character; `?.` is a mark. */
  readonly text: string;
  /** From 0, of its first character: of a string, of its quote. */
  readonly offset: number;
}

/**
 * The tokens of a source, for finding calls: comments, regular expressions, numbers, and strings with escapes or
 * placeholders are left out, and what they contain is no token. A mark replaces each of the latter two, so that what is
 * before and after it are not neighbours.
 *
 * Whether `/` divides or begins a regular expression is decided by the token before it, as highlighters do: a wrong
 * guess ends with the line. In `</p>` it does neither, and `'` in `Don't` begins no string.
 */
export function codeTokens(text: string): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  /** The depth of braces at which a placeholder of a template ends. */
  const templates: number[] = [];
  let depth = 0;
  let at = 0;
  const push = (kind: CodeToken["kind"], offset: number, content: string) =>
    tokens.push({ kind, offset, text: content });
  const template = (from: number, opened: number) => {
    const { end, content, placeholder } = readTemplate(text, from);
    if (placeholder) {
      push("mark", opened, "`");
      templates.push(depth);
    } else if (opened === from - 1 && content !== undefined) push("string", opened, content);
    else push("mark", opened, "`");
    at = end;
  };
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const [token = ""] = TOKEN.exec(text) ?? [];
    const start = at;
    at += Math.max(token.length, 1);
    if (token === "" || /^\s|^\/[/*]|^\d/.test(token)) continue;
    if (token === "`") template(at, start);
    else if (token === "}" && templates.at(-1) === depth) {
      templates.pop();
      template(at, start);
    } else if (/^'./s.test(token) && isApostrophe(tokens.at(-1), start)) {
      push("mark", start, "'");
      at = start + 1;
    } else if (/^["']./s.test(token)) {
      const content = token.slice(1, -1);
      push(content.includes("\\") ? "mark" : "string", start, content.includes("\\") ? '"' : content);
    } else if (token === "/" && !endsValue(tokens.at(-1)) && text[start - 1] !== "<")
      at = afterRegularExpression(text, at);
    else if (NAME.test(token)) push("name", start, token);
    else {
      if (token === "{") depth += 1;
      if (token === "}") depth -= 1;
      push("mark", start, token);
    }
  }
  return tokens;
}

/** Blanks, comments, numbers, strings on one line, names, `?.` and single characters. */
const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\d[\w.]*|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|[\p{L}\p{N}_$#]+|\?\.|[\s\S]/uy;
const NAME = /^[\p{L}_$#]/u;

/** The rest of a template up to its end or its next placeholder. */
function readTemplate(text: string, from: number) {
  const stop = /(?<!\\)(?:\\\\)*(`|\$\{)/g;
  stop.lastIndex = from;
  const found = stop.exec(text);
  if (found === null) return { end: text.length, content: undefined, placeholder: false };
  const end = found.index + found[0].length;
  const content = text.slice(from, end - (found[1] ?? "").length);
  const plain = !content.includes("\\") && !content.includes("\n");
  return { end, content: plain ? content : undefined, placeholder: found[1] === "${" };
}

/** Whether a `/` after the token divides. */
function endsValue(token: CodeToken | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === "name") return !BEFORE_EXPRESSION.has(token.text);
  return token.kind === "string" || [")", "]", "}", "`", '"'].includes(token.text);
}

/** In the text of an element, as in `<p>Don't</p>`: a string follows at once only on a word of the language. */
function isApostrophe(before: CodeToken | undefined, start: number): boolean {
  if (before?.kind !== "name" || before.offset + before.text.length !== start) return false;
  return !BEFORE_EXPRESSION.has(before.text) && !BEFORE_STRING.has(before.text);
}

const BEFORE_STRING: ReadonlySet<string> = new Set(["from", "import", "default", "else", "throw", "do"]);

const BEFORE_EXPRESSION: ReadonlySet<string> = new Set([
  "return",
  "typeof",
  "case",
  "in",
  "of",
  "await",
  "yield",
  "void",
]);

function afterRegularExpression(text: string, from: number): number {
  let inClass = false;
  for (let at = from; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "[") inClass = true;
    else if (text[at] === "]") inClass = false;
    else if (text[at] === "/" && !inClass) return at + 1;
  }
  return from;
}
