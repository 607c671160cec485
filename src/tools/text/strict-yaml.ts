import type { Finding } from "../../policy/finding.ts";
import { nearest } from "../../policy/suggestion.ts";
import { type At, placeIn } from "./place.ts";
import { readYaml, type YamlEntry, type YamlNode } from "./yaml-text.ts";

/** A string and its place. */
export interface PlacedText extends At {
  readonly text: string;
}

const KINDS = {
  map: "a map",
  list: "a list",
  text: "a string",
  number: "a number",
  boolean: "`true` or `false`",
  nothing: "nothing",
} as const;

/** Reads YAML of a known shape strictly: every deviation is a finding at its place. */
export class StrictYaml {
  readonly findings: Finding[] = [];
  readonly #rule: string;
  readonly #file: string;
  readonly #text: string;

  /**
   * @param rule the rule of the findings
   */
  constructor(rule: string, file: string, text: string) {
    this.#rule = rule;
    this.#file = file;
    this.#text = text.replace(/^\uFEFF/, "");
  }

  /** Undefined if the file is not YAML. */
  document(): YamlNode | undefined {
    const { node, problems } = readYaml(this.#text);
    // JSON is YAML, but no one who writes it needs to know.
    const language = this.#file.endsWith(".json") ? "valid JSON" : "valid YAML";
    for (const { offset, message, fix } of problems)
      this.report(offset, message.replace("valid YAML", language), fix);
    return node;
  }

  /**
   * The values below a name with these properties and no others, or with none at all.
   *
   * @param guide the fix for a value of another kind
   * @param hint the fix for an unknown name that no known one resembles; by default it lists the known ones
   */
  properties(
    node: YamlNode,
    known: readonly string[],
    whose: string,
    guide: string,
    hint?: (unknown: string) => string,
  ): ReadonlyMap<string, YamlNode> {
    const listed = known.map((name) => `\`${name}\``).join(", ");
    const entries = node.kind === "nothing" ? [] : this.entries(node, listed, guide);
    for (const { name, offset } of entries) {
      if (known.includes(name)) continue;
      const meant = nearest(
        name,
        known.filter((one) => !entries.some((entry) => entry.name === one)),
      );
      const otherwise = hint?.(name) ?? `${whose} has ${listed}`;
      const fix = meant === undefined ? otherwise : `did you mean \`${meant}\`?`;
      this.report(offset, `unknown property \`${name}\``, fix);
    }
    return new Map(entries.map(({ name, value }) => [name, value]));
  }

  /** Each name once: duplicates are already reported. */
  entries(node: YamlNode, expected: string, guide: string): readonly YamlEntry[] {
    if (node.kind !== "map") {
      this.wrong(node, expected, guide);
      return [];
    }
    return [...new Map([...node.entries].reverse().map((entry) => [entry.name, entry])).values()].reverse();
  }

  at(offset: number): At {
    return { file: this.#file, ...placeIn(this.#text, offset) };
  }

  /** A value of an unexpected kind. */
  wrong({ kind, offset }: YamlNode, expected: string, fix: string): undefined {
    this.report(offset, `expected ${expected}, found ${KINDS[kind]}`, fix);
  }

  report(offset: number, message: string, fix?: string): void {
    this.reportAt(this.at(offset), message, fix);
  }

  reportAt({ file, line, column }: At, message: string, fix?: string): void {
    const finding = { rule: this.#rule, file, line, column, message };
    this.findings.push(fix === undefined ? finding : { ...finding, fix });
  }
}
