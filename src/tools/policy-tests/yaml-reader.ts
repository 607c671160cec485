import type { At } from "../text/place.ts";
import { type PlacedText, StrictYaml } from "../text/strict-yaml.ts";
import type { YamlEntry, YamlNode } from "../text/yaml-text.ts";

export type { At, PlacedText };

/** Reads a policy test. An empty value counts as missing. */
export class YamlReader {
  readonly #yaml: StrictYaml;

  constructor(file: string, text: string) {
    this.#yaml = new StrictYaml("policy-test", file, text);
  }

  get findings() {
    return this.#yaml.findings;
  }

  /** Undefined if the file is not YAML, or is empty. */
  document(): YamlNode | undefined {
    const node = this.#yaml.document();
    return node?.kind === "nothing" ? undefined : node;
  }

  /** The values below a name with these properties and no others. */
  properties(node: YamlNode, known: readonly string[], whose: string): ReadonlyMap<string, YamlNode> {
    const values = this.#yaml.properties(node, known, whose, guideTo(node));
    return new Map([...values].filter(([, value]) => value.kind !== "nothing"));
  }

  entries(node: YamlNode, expected: string): readonly YamlEntry[] {
    return node.kind === "nothing" ? [] : this.#yaml.entries(node, expected, guideTo(node));
  }

  items(node: YamlNode | undefined, expected: string): readonly YamlNode[] {
    if (node === undefined) return [];
    if (node.kind === "list") return node.items;
    this.#yaml.wrong(node, expected, guideTo(node));
    return [];
  }

  text(node: YamlNode | undefined): PlacedText | undefined {
    if (node === undefined) return undefined;
    if (node.kind === "text") return { ...this.at(node.offset), text: node.value };
    return this.#yaml.wrong(node, "a string", guideTo(node));
  }

  /** A whole number that is not negative. */
  wholeNumber(node: YamlNode | undefined): number | undefined {
    if (node === undefined) return undefined;
    if (node.kind === "number" && Number.isSafeInteger(node.value) && node.value >= 0) return node.value;
    this.#yaml.wrong(node, "a whole number", "write it without quotes and unit");
    return undefined;
  }

  /** A list of strings, or one string. */
  texts(node: YamlNode | undefined): readonly PlacedText[] {
    if (node?.kind === "text") return [{ ...this.at(node.offset), text: node.value }];
    return this.items(node, "a list of strings").flatMap((item) => this.text(item) ?? []);
  }

  /** A map of strings; numbers and flags need quotes, since claims and parameters are strings. */
  textMap(node: YamlNode | undefined): Readonly<Record<string, string>> {
    const map: Record<string, string> = Object.create(null) as Record<string, string>;
    if (node === undefined) return map;
    for (const { name, value } of this.entries(node, "a map of strings")) {
      const read = this.text(value);
      if (read !== undefined) map[name] = read.text;
    }
    return map;
  }

  at(offset: number): At {
    return this.#yaml.at(offset);
  }

  report(offset: number, message: string, fix?: string): void {
    this.#yaml.report(offset, message, fix);
  }

  reportAt(at: At, message: string, fix?: string): void {
    this.#yaml.reportAt(at, message, fix);
  }
}

function guideTo({ kind }: YamlNode): string {
  return kind === "number" || kind === "boolean" ? "put it in quotes" : "see docs/policy-tests.md";
}
