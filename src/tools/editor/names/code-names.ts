import { isPermission } from "../../../policy/permission.ts";
import { type CodeToken, codeTokens } from "./code-tokens.ts";
import type { NameKind, NamesOfFile, Occurrence, SourceText } from "./name.ts";
import { lineOf, lineStarts } from "./yaml-strings.ts";

/** A string in a call of a guard. */
export interface GuardString {
  /** What it names: a permission, or a tool of an MCP server. */
  readonly kind: "permission" | "tool";
  readonly text: string;
  /** Of its quote, from 0. */
  readonly offset: number;
}

/** Functions of `claimgate/middleware`, `claimgate/mcp` and `claimgate/client` that take a permission. */
const GUARDS: ReadonlySet<string> = new Set([
  "requirePermission",
  "checkPermission",
  "check",
  "can",
  "useCan",
]);

/**
 * The permissions in calls such as `requirePermission("orders:read")` and `check(event, "orders:read")`, in attributes
 * `permission="orders:read"` of `<Can>`, and the tools in `check(["getOrder"])`.
 */
export function namesInCode({ name: file, text }: SourceText): NamesOfFile {
  // Most files have none, and the search is far cheaper than the tokens.
  if (!/\b(?:requirePermission|checkPermission|check|can|useCan|Can)\b/.test(text)) {
    return { occurrences: [], unread: [] };
  }
  const starts = lineStarts(text);
  const occurrences = guardStrings(text).flatMap((one): Occurrence[] => {
    const [kind, name]: readonly [NameKind, string] =
      one.kind === "tool" ? ["route", `Tool.${one.text}`] : ["permission", one.text];
    if (one.kind === "permission" && !isPermission(name)) return [];
    const line = lineOf(starts, one.offset);
    const column = one.offset - (starts[line] ?? 0) + 1;
    const string = { file, line: line + 1, column, length: one.text.length + 2 };
    return [
      {
        ...{ kind, name, file, line: line + 1, column: column + 1, length: one.text.length },
        within: one.kind === "tool" ? undefined : { ...string, text: one.text, form: "code" },
        ...{ start: 0, defines: undefined },
      },
    ];
  });
  return { occurrences, unread: [] };
}

/** The strings at the places of a permission or a tool, whatever they say. */
export function guardStrings(text: string): readonly GuardString[] {
  const tokens = codeTokens(text);
  return tokens.flatMap((token, index) => {
    if (token.kind !== "name") return [];
    if (token.text === "Can" && tokens[index - 1]?.text === "<") return attributeOf(tokens, index + 1);
    return GUARDS.has(token.text) ? argumentsOf(tokens, index + 1) : [];
  });
}

/** The attribute `permission` of an element; `>` in the braces of another attribute does not end the element. */
function attributeOf(tokens: readonly CodeToken[], from: number): GuardString[] {
  let depth = 0;
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind === "mark") {
      if (token.text === "{") depth += 1;
      if (token.text === "}") depth -= 1;
      if (depth < 0 || (depth === 0 && token.text === ">")) return [];
    } else if (depth === 0 && token?.text === "permission" && tokens[at + 1]?.text === "=") {
      return attributeValue(tokens, at + 2);
    }
  }
  return [];
}

/** The strings of `"orders:read"` and `{refunds ? "orders:refund" : "orders:read"}`. */
function attributeValue(tokens: readonly CodeToken[], at: number): GuardString[] {
  const value = tokens[at];
  if (value?.kind === "string") return [{ kind: "permission", text: value.text, offset: value.offset }];
  return value?.text === "{" ? stringsWithin(tokens, at) : [];
}

/** The strings that are whole arguments of a call, and those in a list that is its first one. */
function argumentsOf(tokens: readonly CodeToken[], from: number): GuardString[] {
  const open = openingOf(tokens, from);
  return open === undefined ? [] : stringsWithin(tokens, open);
}

/** @param open the index of the bracket around them */
function stringsWithin(tokens: readonly CodeToken[], open: number): GuardString[] {
  const found: GuardString[] = [];
  const inList = tokens[open + 1]?.text === "[" && tokens[open + 1]?.kind === "mark";
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === "mark") {
      if ("([{".includes(token.text)) depth += 1;
      if (")]}".includes(token.text)) depth -= 1;
      if (depth === 0) break;
    } else if (token.kind === "string" && isWhole(tokens, at)) {
      const { text, offset } = token;
      if (depth === 1) found.push({ kind: "permission", text, offset });
      else if (depth === 2 && inList) found.push({ kind: "tool", text, offset });
    }
  }
  return found;
}

/** In tokens: a `<` that begins no list of types does not search the whole file. */
const LONGEST_TYPES = 100;

/** The parenthesis of a call: `check(`, `check?.(`, `requirePermission<Context>(`. */
function openingOf(tokens: readonly CodeToken[], from: number): number | undefined {
  let at = from;
  if (tokens[at]?.text === "?.") at += 1;
  if (tokens[at]?.text === "<") {
    let depth = 0;
    do {
      if (tokens[at]?.text === "<") depth += 1;
      if (tokens[at]?.text === ">") depth -= 1;
      at += 1;
    } while (depth > 0 && at < from + LONGEST_TYPES);
  }
  return tokens[at]?.kind === "mark" && tokens[at]?.text === "(" ? at : undefined;
}

/** Not a part of an expression, as in `"a" + b`, but for the two sides of `condition ? "a" : "b"`. */
function isWhole(tokens: readonly CodeToken[], at: number): boolean {
  const [before, after] = [tokens[at - 1]?.text ?? "", tokens[at + 1]?.text ?? ")"];
  return "([{,?:".includes(before) && (")]},:".includes(after) || after === "as" || after === "satisfies");
}
