import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair, parseDocument } from "yaml";

/** A value of a YAML document as it is written, read step by step: aliases and merge keys (`<<`) are followed. */
export interface WrittenYaml {
  /** Where the value is written; of an alias, where its anchor is. Counted from 0. */
  readonly offset: number;
  /** The value of a scalar: a string, a number, a boolean or null; undefined for a map and a list. */
  readonly scalar: unknown;
  /** Of a list; none of anything else. */
  readonly items: readonly WrittenYaml[];
  /** The entry of a map by its name, its own before those that it merges; undefined where there is none. */
  readonly entry: (name: string) => WrittenEntry | undefined;
}

interface WrittenEntry {
  /** Of the name. */
  readonly offset: number;
  readonly value: WrittenYaml;
}

/**
 * Reads a document that another program validates (the Serverless Framework), to find places in it. Tags and errors
 * are ignored. Undefined if nothing of it can be read.
 */
export function readWrittenYaml(text: string): WrittenYaml | undefined {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
  return document.contents === null ? undefined : written(document.contents, document, 0);
}

/** A document may merge a map into itself. */
const DEEPEST_MERGE = 20;

function written(node: unknown, document: Document, fallback: number): WrittenYaml {
  if (isAlias(node)) return written(node.resolve(document), document, node.range?.[0] ?? fallback);
  const offset = isNode(node) ? (node.range?.[0] ?? fallback) : fallback;
  return {
    offset,
    scalar: isScalar(node) ? node.value : undefined,
    get items() {
      return isSeq(node) ? node.items.map((item) => written(item, document, offset)) : [];
    },
    entry: (name) => {
      const pair = pairIn(node, name, document, 0);
      if (pair === undefined) return undefined;
      const at = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      return { offset: at, value: written(pair.value, document, at) };
    },
  };
}

function pairIn(node: unknown, name: string, document: Document, depth: number): Pair | undefined {
  const map = isAlias(node) ? node.resolve(document) : node;
  if (!isMap(map) || depth > DEEPEST_MERGE) return undefined;
  const own = map.items.find(({ key }) => nameOf(key) === name);
  if (own !== undefined) return own;
  const merged = map.items.filter(({ key }) => nameOf(key) === "<<").map(({ value }) => value);
  const bases = merged.flatMap((base: unknown) => (isSeq(base) ? base.items : [base]));
  for (const base of bases) {
    const inherited = pairIn(base, name, document, depth + 1);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}
