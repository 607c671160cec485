/** Where a cursor is in a YAML or JSON file, which may be in the middle of being written. */
export interface YamlContext {
  /** The names that lead to it from the top; `-` is an item of a list. */
  readonly path: readonly string[];
  /** Whether a name of a map fits, a value, or either: at the start of a line. */
  readonly wants: "name" | "value" | "either";
  /** Offsets of the string at the cursor, without quotes. */
  readonly start: number;
  readonly end: number;
  readonly quote: '"' | "'" | "";
  /** Whether the string is inside brackets or braces. */
  readonly inFlow: boolean;
  /** Whether a `:` follows. */
  readonly named: boolean;
}

interface Level {
  readonly kind: "block" | "item" | "[" | "{";
  /** The column of a block's names or dashes, from 0. */
  readonly indent: number;
  /** The name whose value is being written; undefined while a name is. */
  name: string | undefined;
}

/**
 * Reads the text up to the cursor, line by line and without building a document: half-written YAML has none.
 * Undefined in a comment, and inside a value of several lines.
 */
export function yamlContext(text: string, offset: number): YamlContext | undefined {
  const levels: Level[] = [{ kind: "block", indent: 0, name: undefined }];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at <= text.length) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const found = readLine(text, at, end, offset, levels);
    if (found !== "next") return found;
    at = end + 1;
  }
  return undefined;
}

function readLine(
  text: string,
  from: number,
  end: number,
  offset: number,
  levels: Level[],
): YamlContext | undefined | "next" {
  let at = from;
  const inFlow = () => ["[", "{"].includes(levels.at(-1)?.kind ?? "");
  if (!inFlow()) {
    const indent = /^ */.exec(text.slice(at, end))?.[0].length ?? 0;
    const isBlank = text.slice(at, end).trim() === "";
    if (!isBlank || offset <= end) {
      leave(
        levels,
        isBlank ? offset - from : indent,
        text.startsWith("- ", at + indent) || text.slice(at + indent, end) === "-",
      );
    }
    at += indent;
  }
  while (at <= end) {
    while (at < end && /[ \t\r]/.test(text[at] ?? "")) at += 1;
    // In the blanks before whatever comes next.
    if (offset < at || at >= end) {
      return offset <= end ? contextAt(text, { start: offset, end: offset, quote: "" }, levels) : "next";
    }
    const character = text[at] ?? "";
    if (character === "#") return offset <= end ? undefined : "next";
    if (!inFlow() && character === "-" && /^-(?:\s|$)/.test(text.slice(at, end))) {
      levels.push({ kind: "item", indent: at - from, name: "-" });
      const next = /^-\s*/.exec(text.slice(at, end))?.[0].length ?? 1;
      levels.push({ kind: "block", indent: at - from + next, name: undefined });
      at += 1;
    } else if (character === "[" || character === "{") {
      levels.push({ kind: character, indent: 0, name: character === "[" ? "-" : undefined });
      at += 1;
    } else if (inFlow() && (character === "]" || character === "}")) {
      levels.pop();
      at += 1;
    } else if (inFlow() && character === ",") {
      const level = levels.at(-1);
      if (level?.kind === "{") level.name = undefined;
      at += 1;
    } else {
      const string = stringAt(text, at, end, inFlow());
      if (offset <= string.end) return contextAt(text, string, levels);
      if (offset < string.after) return undefined;
      at = string.after;
      const colon = /^[ \t]*:(?=\s|$|[[{"'])/.exec(text.slice(at, end));
      if (colon === null) continue;
      const level = levels.at(-1);
      if (level !== undefined && level.kind !== "[") level.name = text.slice(string.start, string.end);
      at += colon[0].length;
    }
  }
  return "next";
}

/** Levels that a line of this indentation has left. */
function leave(levels: Level[], indent: number, isItem: boolean): void {
  while (levels.length > 1) {
    const level = levels.at(-1);
    if (level === undefined || level.indent < indent) break;
    if (level.indent === indent && level.kind === "block" && !isItem) break;
    levels.pop();
  }
  const level = levels.at(-1);
  if (level === undefined || level.kind !== "block") return;
  if (level.indent === indent && !isItem) level.name = undefined;
  else if (level.name !== undefined && indent > level.indent && !isItem) {
    levels.push({ kind: "block", indent, name: undefined });
  }
}

interface StringAt {
  readonly start: number;
  readonly end: number;
  readonly quote: '"' | "'" | "";
}

function stringAt(
  text: string,
  at: number,
  end: number,
  inFlow: boolean,
): StringAt & { readonly after: number } {
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const [inside = ""] =
      (quote === '"' ? /^(?:[^"\\]|\\.)*/ : /^(?:[^']|'')*/).exec(text.slice(at + 1, end)) ?? [];
    const close = at + 1 + inside.length;
    return { start: at + 1, end: close, quote, after: Math.min(close + 1, end) };
  }
  const stop = inFlow ? /^(?:[^,[\]{}:#\r]|:(?!\s|$)|(?<!\s)#)+/ : /^(?:[^:#\r]|:(?!\s|$)|(?<!\s)#)+/;
  const [raw = ""] = stop.exec(text.slice(at, end)) ?? [];
  const length = Math.max(raw.trimEnd().length, 1);
  return { start: at, end: at + length, quote: "", after: at + Math.max(raw.length, 1) };
}

function contextAt(text: string, { start, end, quote }: StringAt, levels: readonly Level[]): YamlContext {
  const level = levels.at(-1);
  const path = levels.flatMap(({ name }) => name ?? []);
  const inFlow = level?.kind === "[" || level?.kind === "{";
  const after = text.slice(end + (quote === "" ? 0 : 1), end + 3);
  return {
    path,
    wants: level?.name !== undefined ? "value" : inFlow ? "name" : "either",
    ...{ start, end, quote, inFlow },
    named: /^"?\s*:/.test(after),
  };
}
