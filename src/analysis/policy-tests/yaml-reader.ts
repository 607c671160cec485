import type { Finding } from "../../policy/finding.ts";
import { nearest } from "../../policy/suggestion.ts";
import { placeIn } from "../place.ts";
import { readYaml, type YamlEntry, type YamlNode } from "../yaml-text.ts";

/** Where something of a test file stands. */
export interface At {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

/** A text of a test file, at its place. */
export interface PlacedText extends At {
  readonly text: string;
}

const KINDS = {
  map: "a map",
  list: "a list",
  text: "a text",
  number: "a number",
  boolean: "`true` or `false`",
  nothing: "nothing",
} as const;

/** Reads YAML of a known shape, strictly: whatever is not as expected is a finding at its place. */
export class YamlReader {
  readonly findings: Finding[] = [];
  readonly #file: string;
  readonly #text: string;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text.replace(/^\ufeff/, "");
  }

  /** Undefined where the text is not YAML, or holds nothing. */
  document(): YamlNode | undefined {
    const { node, problems } = readYaml(this.#text);
    for (const { offset, message, fix } of problems) this.report(offset, message, fix);
    return node?.kind === "nothing" ? undefined : node;
  }

  /** The values below a name that has these properties and no others. */
  properties(node: YamlNode, known: readonly string[], whose: string): ReadonlyMap<string, YamlNode> {
    const entries = this.entries(node, known.map((name) => `\`${name}\``).join(", "));
    for (const { name, offset } of entries) {
      if (known.includes(name)) continue;
      const meant = nearest(name, known);
      const has = `${whose} has ${known.map((one) => `\`${one}\``).join(", ")}`;
      this.report(
        offset,
        `unknown property \`${name}\``,
        meant === undefined ? has : `did you mean \`${meant}\`?`,
      );
    }
    return new Map(
      entries.filter(({ value }) => value.kind !== "nothing").map(({ name, value }) => [name, value]),
    );
  }

  entries(node: YamlNode, expected: string): readonly YamlEntry[] {
    if (node.kind === "map") return node.entries;
    if (node.kind !== "nothing") this.#wrong(node, expected);
    return [];
  }

  items(node: YamlNode | undefined, expected: string): readonly YamlNode[] {
    if (node === undefined) return [];
    if (node.kind === "list") return node.items;
    this.#wrong(node, expected);
    return [];
  }

  text(node: YamlNode | undefined): PlacedText | undefined {
    if (node === undefined) return undefined;
    if (node.kind === "text") return { ...this.at(node.offset), text: node.value };
    this.#wrong(node, "a text");
    return undefined;
  }

  /** A list of texts, or one text. */
  texts(node: YamlNode | undefined): readonly PlacedText[] {
    if (node?.kind === "text") return [{ ...this.at(node.offset), text: node.value }];
    return this.items(node, "a list of texts").flatMap((item) => this.text(item) ?? []);
  }

  /** A map of texts; numbers and flags are written in quotes, since claims and parameters are texts. */
  textMap(node: YamlNode | undefined): Readonly<Record<string, string>> {
    const map: Record<string, string> = Object.create(null) as Record<string, string>;
    if (node === undefined) return map;
    for (const { name, value } of this.entries(node, "names and texts")) {
      const read = this.text(value);
      if (read !== undefined) map[name] = read.text;
    }
    return map;
  }

  at(offset: number): At {
    return { file: this.#file, ...placeIn(this.#text, offset) };
  }

  report(offset: number, message: string, fix?: string): void {
    this.reportAt(this.at(offset), message, fix);
  }

  reportAt({ file, line, column }: At, message: string, fix?: string): void {
    this.findings.push({
      rule: "policy-test",
      file,
      line,
      column,
      message,
      ...(fix !== undefined && { fix }),
    });
  }

  #wrong({ kind, offset }: YamlNode, expected: string): void {
    const fix = kind === "number" || kind === "boolean" ? "put it in quotes" : "see docs/policy-tests.md";
    this.report(offset, `${KINDS[kind]} stands here; expected ${expected}`, fix);
  }
}
