import { isAlias, isMap, isScalar, isSeq, Lexer, Parser, parseDocument } from "yaml";

/** A YAML value with its place in the source; offsets count from 0. */
export type YamlNode =
  | { readonly kind: "map"; readonly offset: number; readonly entries: readonly YamlEntry[] }
  | { readonly kind: "list"; readonly offset: number; readonly items: readonly YamlNode[] }
  | { readonly kind: "text"; readonly offset: number; readonly value: string }
  | { readonly kind: "number"; readonly offset: number; readonly value: number }
  | { readonly kind: "boolean"; readonly offset: number; readonly value: boolean }
  | { readonly kind: "nothing"; readonly offset: number };

export interface YamlEntry {
  readonly name: string;
  /** Of the key. */
  readonly offset: number;
  readonly value: YamlNode;
}

interface YamlProblem {
  readonly offset: number;
  readonly message: string;
  readonly fix: string;
}

export interface YamlReading {
  /** Undefined if the source is not YAML; `nothing` if it has only comments. */
  readonly node: YamlNode | undefined;
  readonly problems: readonly YamlProblem[];
}

/**
 * Reads one document of YAML 1.2 (core schema) strictly: a duplicate key, an alias and a tag are problems, so that each
 * place shows its whole value. Keys are strings, regardless of their spelling.
 */
export function readYaml(text: string): YamlReading {
  const offset = tooDeepAt(text);
  if (offset !== undefined) {
    const message = `more than ${DEEPEST} nested values`;
    return { node: undefined, problems: [{ offset, message, fix: "reduce the nesting" }] };
  }
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true });
  const broken = document.errors.find(({ code }) => code !== "DUPLICATE_KEY");
  if (broken !== undefined) {
    const [message, fix] = BROKEN[broken.code] ?? [said(broken), "check indentation and quotes"];
    const offset = broken.pos[0];
    return {
      node: undefined,
      problems: [{ offset, message: `the file is not valid YAML: ${message}`, fix }],
    };
  }
  const problems: YamlProblem[] = [
    ...document.errors.map(({ pos }) => ({
      offset: pos[0],
      message: "duplicate key",
      fix: "remove one of the two",
    })),
    ...document.warnings.map((warning) => ({
      offset: warning.pos[0],
      message: said(warning),
      fix: "write the value without a tag",
    })),
  ];
  return { node: nodeOf(document.contents, 0, problems), problems };
}

/** Far above any real file; the stack has room for ten times as many. */
const DEEPEST = 500;

/** Reading tokens does not recurse, but reading the document does: deep nesting would crash the process. */
function tooDeepAt(text: string): number | undefined {
  const parser = new Parser();
  for (const token of new Lexer().lex(text)) {
    for (const _ of parser.next(token)) {
      // The result is read again below; only its stack matters here.
    }
    if (parser.stack.length > DEEPEST) return parser.offset;
  }
  return undefined;
}

/** Replaces parser messages that mention its own functions. */
const BROKEN: Readonly<Record<string, readonly [message: string, fix: string]>> = {
  MULTIPLE_DOCS: ["a second document begins", "keep one document"],
  NON_STRING_KEY: ["a key is not a string", "write `NAME: VALUE`"],
  TAB_AS_INDENT: ["a tab indents the line", "indent with spaces"],
};

/** The parser's sentence in the style of the other messages. */
function said({ message }: Error): string {
  return `${message.slice(0, 1).toLowerCase()}${message.slice(1).replace(/\.$/, "")}`;
}

function nodeOf(node: unknown, fallback: number, problems: YamlProblem[]): YamlNode {
  if (isMap(node)) {
    const offset = node.range?.[0] ?? fallback;
    const entries = node.items.map(({ key, value }) => {
      const at = isScalar(key) ? (key.range?.[0] ?? offset) : offset;
      return {
        name: String(isScalar(key) ? key.value : key),
        offset: at,
        value: nodeOf(value, at, problems),
      };
    });
    return { kind: "map", offset, entries };
  }
  if (isSeq(node)) {
    const offset = node.range?.[0] ?? fallback;
    return { kind: "list", offset, items: node.items.map((item) => nodeOf(item, offset, problems)) };
  }
  if (isAlias(node)) {
    const offset = node.range?.[0] ?? fallback;
    problems.push({ offset, message: `\`*${node.source}\` is an alias`, fix: "write the value out" });
    return { kind: "nothing", offset };
  }
  return isScalar(node) ? scalarOf(node.value, node.range?.[0] ?? fallback) : { kind: "nothing", offset: 0 };
}

function scalarOf(value: unknown, offset: number): YamlNode {
  if (typeof value === "string") return { kind: "text", offset, value };
  if (typeof value === "number") return { kind: "number", offset, value };
  return typeof value === "boolean" ? { kind: "boolean", offset, value } : { kind: "nothing", offset };
}
