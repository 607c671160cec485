import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { jsonIn } from "../../json.ts";
import { shared, UneditableYaml, unusual } from "./uneditable-yaml.ts";
import {
  block,
  endOf,
  flow,
  hasRange,
  isAnchored,
  isEmpty,
  isPair,
  pairAt,
  pairOf,
  startOf,
} from "./yaml-nodes.ts";

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Edits a YAML text in its places: what is not edited keeps every character, comments included. An edit that would have
 * to guess throws {@link UneditableYaml}, and the text stays as it is.
 */
export class EditableYaml {
  readonly #text: string;
  readonly #document: Document;
  readonly #splices: Splice[] = [];
  readonly #newline: string;
  /** Whether the text is JSON, which is YAML, and is to stay JSON. */
  readonly #isJson: boolean;

  /** @throws UneditableYaml if the text is not one YAML document */
  constructor(text: string) {
    this.#text = text;
    this.#isJson = /^\uFEFF?\s*\{/.test(text) && jsonIn(text.replace(/^\uFEFF/, "")) !== undefined;
    this.#newline = text.includes("\r\n") ? "\r\n" : "\n";
    this.#document = parsed(text);
  }

  /** The text with all edits. @throws UneditableYaml if it were no longer YAML */
  result(): string {
    const sorted = this.#splices
      .map((splice, order) => ({ ...splice, order }))
      .sort((a, b) => b.start - a.start || b.order - a.order);
    const text = sorted.reduce(
      (so, { start, end, text: put }) => so.slice(0, start) + put + so.slice(end),
      this.#text,
    );
    parsed(text);
    return text;
  }

  /**
   * Adds an entry to a map.
   *
   * @param path the names that lead to the map; missing maps are created
   * @param value plain data
   * @param after names of the top, best first: a new entry of the top goes after the first that exists, else to the end
   * @throws UneditableYaml if the map has the entry, or is not written as a map here
   */
  addEntry(path: readonly string[], name: string, value: unknown, after: readonly string[] = []): void {
    const [first, ...rest] = path;
    const top = this.#document.contents;
    if (!isMap(top)) throw new UneditableYaml("the file is not a map");
    if (first === undefined) {
      this.#addToTop(top, name, value, after);
      return;
    }
    const pair = pairOf(top, first);
    if (pair === undefined) {
      const nested = rest.reduceRight<unknown>((inner, one) => ({ [one]: inner }), { [name]: value });
      this.#addToTop(top, first, nested, after);
      return;
    }
    this.#addBelow(pair, rest, name, value, [first]);
  }

  /** Adds an item to a list of the top, which is created if it is missing. @throws UneditableYaml */
  addItem(name: string, item: string, after: readonly string[] = []): void {
    const top = this.#document.contents;
    if (!isMap(top)) throw new UneditableYaml("the file is not a map");
    const pair = pairOf(top, name);
    if (pair === undefined) {
      this.#addToTop(top, name, [item], after);
      return;
    }
    this.#addToList(pair, item, name);
  }

  /**
   * Adds an item to a list; the list and the maps around it are created if they are missing.
   *
   * @param offset where a name of the path is: the last one that is written
   * @param path the names that lead to the list
   * @param item plain data
   * @throws UneditableYaml if the list is not written as a list here, or an anchor has it
   */
  addItemBelow(offset: number, path: readonly string[], item: unknown): void {
    const pair = pairAt(this.#document.contents, offset);
    const written = isScalar(pair?.key) ? path.lastIndexOf(String(pair.key.value)) : -1;
    const list = path.at(-1) ?? "";
    if (pair === undefined || written < 0) throw new UneditableYaml(`\`${list}\` is not written here`);
    if (isAnchored(this.#document.contents, offset)) throw shared(list);
    if (written === path.length - 1) this.#addToList(pair, item, list);
    else this.#addBelow(pair, path.slice(written + 1, -1), list, [item], path.slice(0, written + 1));
  }

  /**
   * Replaces the value of an entry by a string; its anchor stays.
   *
   * @param offset where the name of the entry is
   * @param evenShared whether aliases may get the string too
   * @throws UneditableYaml if there is no such entry, it has a tag, or comments inside the value would be lost
   */
  replaceValue(offset: number, name: string, text: string, evenShared = true): void {
    const pair = this.#pairAt(offset, name);
    const { value } = pair;
    if (!hasRange(value)) throw new UneditableYaml(`\`${name}\` has no value`);
    if ("tag" in value && value.tag !== undefined) throw new UneditableYaml(`\`${name}\` has a tag`);
    const isShared =
      ("anchor" in value && value.anchor !== undefined) || isAnchored(this.#document.contents, offset);
    if (isShared && !evenShared) throw shared(name);
    const [start, end] = this.#trimmed(value.range[0], value.range[1]);
    const isBlock = (isMap(value) || isSeq(value)) && value.flow !== true;
    // A block begins on the line below its name, which may end in a comment.
    const colon = this.#text.indexOf(":", endOf(pair.key)) + 1;
    const anchor = isBlock && value.anchor !== undefined ? ` &${value.anchor}` : "";
    const written = anchor === "" ? colon : this.#text.indexOf(anchor, colon) + anchor.length;
    const from = isBlock ? this.#lineEnd(written) : start;
    if (!isScalar(value) && /(?:^|\s)#/.test(this.#text.slice(from, end))) {
      throw new UneditableYaml(`\`${name}\` has comments inside its value`);
    }
    if (isBlock) this.#splice(written, written, ` ${text}`);
    this.#splice(from, end, isBlock ? "" : text);
  }

  /**
   * Adds entries to the map that is the value of an entry.
   *
   * @param offset where the name of the entry is
   * @param instead what the value becomes with them, if it is a string
   * @throws UneditableYaml
   */
  addToValue(
    offset: number,
    name: string,
    entries: Readonly<Record<string, string>>,
    instead: Readonly<Record<string, string>>,
  ): void {
    const pair = this.#pairAt(offset, name);
    if (isScalar(pair.value)) {
      this.replaceValue(offset, name, flow({ ...instead, ...entries }));
      return;
    }
    for (const [key, value] of Object.entries(entries)) this.#addBelow(pair, [], key, value, [name]);
  }

  /** Replaces the value of an entry by plain data, on one line. @throws UneditableYaml as {@link replaceValue} does */
  replaceData(offset: number, name: string, value: unknown): void {
    this.replaceValue(offset, name, this.#flow(value), false);
  }

  #addToList(pair: Pair, item: unknown, name: string): void {
    const list = pair.value;
    if (isEmpty(list)) {
      this.#putBelow(pair, `- ${flow(item)}`, this.#columnOf(startOf(pair.key)) + 2);
      return;
    }
    if (!isSeq(list) || list.anchor !== undefined) throw unusual([name], "a list");
    if (list.flow === true) this.#addInFlow(list, this.#flow(item));
    else this.#insertAfter(endOf(list), [`- ${flow(item)}`], this.#columnOf(startOf(list)));
  }

  #pairAt(offset: number, name: string): Pair {
    const pair = pairAt(this.#document.contents, offset);
    if (pair === undefined || !isScalar(pair.key) || String(pair.key.value) !== name) {
      throw new UneditableYaml(`\`${name}\` is not written here`);
    }
    return pair;
  }

  #addBelow(
    pair: Pair,
    rest: readonly string[],
    name: string,
    value: unknown,
    path: readonly string[],
  ): void {
    const [next, ...more] = rest;
    const map = pair.value;
    if (isMap(map) && next !== undefined) {
      const inner = pairOf(map, next);
      if (inner !== undefined) {
        this.#addBelow(inner, more, name, value, [...path, next]);
        return;
      }
    }
    const nested = rest.reduceRight<unknown>((inner, one) => ({ [one]: inner }), { [name]: value });
    const [[key, entry] = [name, value]] = Object.entries(nested as Record<string, unknown>);
    if (isEmpty(map)) {
      this.#putBelow(pair, block(key, entry), this.#columnOf(startOf(pair.key)) + 2);
      return;
    }
    if (!isMap(map) || map.anchor !== undefined) throw unusual(path, "a map");
    if (pairOf(map, key) !== undefined)
      throw new UneditableYaml(`\`${[...path, key].join(".")}\` exists already`);
    if (map.flow === true) this.#addInFlow(map, `${this.#flow(key)}: ${this.#flow(entry)}`);
    else this.#insertAfter(endOf(map), block(key, entry).split("\n"), this.#columnOf(startOf(map)));
  }

  #addToTop(top: YAMLMap, name: string, value: unknown, after: readonly string[]): void {
    if (pairOf(top, name) !== undefined) throw new UneditableYaml(`\`${name}\` exists already`);
    if (top.flow === true) {
      this.#addInFlow(top, `${this.#flow(name)}: ${this.#flow(value)}`);
      return;
    }
    const neighbour = after.map((one) => pairOf(top, one)).find((pair) => pair !== undefined);
    const end = neighbour === undefined ? endOf(top) : endOf(neighbour.value ?? neighbour.key);
    // A blank line on each side, where there is none yet.
    const [, last] = this.#trimmed(0, end);
    const at = this.#lineEnd(last);
    const isApart = this.#splices.some((one) => one.start === at && one.text.endsWith(this.#newline));
    const endsHere = /^\s*$|^\r?\n\s*?\r?\n/.test(this.#text.slice(at));
    const lines = [...(isApart ? [] : [""]), ...block(name, value).split("\n"), ...(endsHere ? [] : [""])];
    this.#insertAfter(end, lines, this.#columnOf(startOf(top)));
  }

  /** Lines after the line on which something ends. */
  #insertAfter(end: number, lines: readonly string[], indent: number): void {
    const [, last] = this.#trimmed(0, end);
    const at = this.#lineEnd(last);
    const text = lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line));
    this.#splice(at, at, text.map((line) => this.#newline + line).join(""));
  }

  /** Lines below a name that has no value. */
  #putBelow(pair: Pair, text: string, indent: number): void {
    this.#insertAfter(endOf(pair.key), text.split("\n"), indent);
  }

  /** A value on one line. */
  #flow(value: unknown): string {
    return this.#isJson ? JSON.stringify(value) : flow(value);
  }

  #addInFlow(collection: YAMLMap | YAMLSeq, text: string): void {
    const last: unknown = collection.items.at(-1);
    const at = startOf(collection) + 1;
    if (last === undefined) {
      this.#addToEmpty(at, isMap(collection) ? " " : "", text);
      return;
    }
    const node = isPair(last) ? (hasRange(last.value) ? last.value : last.key) : last;
    const end = endOf(node);
    const start = startOf(isPair(last) ? last.key : last);
    const hasOwnLine = this.#isJson && /^\s*$/.test(this.#text.slice(this.#lineStart(start), start));
    const between = hasOwnLine ? this.#newline + " ".repeat(this.#columnOf(start)) : " ";
    this.#splice(end, end, `,${between}${text}`);
  }

  /** Several entries of a collection that was empty go between its brackets together. */
  #addToEmpty(at: number, pad: string, text: string): void {
    const before = this.#splices.findIndex((one) => one.start === at && one.end === at);
    const added = before < 0 ? undefined : this.#splices.splice(before, 1)[0]?.text.trim();
    const all = added === undefined ? text : `${added}, ${text}`;
    this.#splice(at, at, `${pad}${all}${pad}`);
  }

  /** Once: what an alias repeats is written in one place. */
  #splice(start: number, end: number, text: string): void {
    if (this.#splices.some((one) => one.start === start && one.end === end && one.text === text)) return;
    this.#splices.push({ start, end, text });
  }

  #lineEnd(offset: number): number {
    const end = this.#text.indexOf("\n", offset);
    if (end < 0) return this.#text.length;
    return this.#text[end - 1] === "\r" ? end - 1 : end;
  }

  #lineStart(offset: number): number {
    return this.#text.lastIndexOf("\n", offset - 1) + 1;
  }

  /** The column of an offset, counted from 0. */
  #columnOf(offset: number): number {
    const start = this.#lineStart(offset);
    return offset - start - (start === 0 && this.#text.startsWith("\uFEFF") ? 1 : 0);
  }

  /** Without blanks and line endings at its end. */
  #trimmed(start: number, end: number): readonly [number, number] {
    let last = end;
    while (last > start && /\s/.test(this.#text[last - 1] ?? "")) last -= 1;
    return [start, last];
  }
}

function parsed(text: string): Document {
  const document = parseDocument(text, { prettyErrors: false, logLevel: "error" });
  const [error] = document.errors;
  if (error !== undefined) throw new UneditableYaml(`the file is not YAML: ${error.message}`);
  return document;
}
