import type { Finding } from "../policy/finding.ts";
import { nearest } from "../policy/suggestion.ts";
import { placeIn } from "./place.ts";
import { readYaml, type YamlEntry, type YamlNode } from "./yaml-text.ts";

/** Where a setting stands; the finding about it names this place. */
export interface Setting {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

export interface TextSetting extends Setting {
  readonly text: string;
}

/** What `groups.yaml` says of a group; the place is that of its name. */
export interface GroupSettings extends Setting {
  readonly name: string;
  readonly description: TextSetting | undefined;
  /** The lowest number wins; undefined comes after every number. */
  readonly precedence: (Setting & { readonly number: number }) | undefined;
  readonly role: GroupRole | undefined;
}

/** The IAM role of a group. */
export type GroupRole =
  /** A role by its ARN, or one of the stack by its logical name: as it is written. */
  (TextSetting & { readonly kind: "named" }) | GeneratedRole;

/** A role that the stack makes for the group. */
export interface GeneratedRole extends Setting {
  readonly kind: "generated";
  /** Prefixes of the bucket of user files, such as `reports/`. */
  readonly read: readonly TextSetting[];
  readonly write: readonly TextSetting[];
  /** Whether it may do what every signed-in user may. */
  readonly signedIn: boolean;
}

export interface GroupsFile {
  /** In the order of the file, without what is in the findings; undefined where the text is not YAML. */
  readonly groups: readonly GroupSettings[] | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Reads `groups.yaml`: description, precedence and IAM role of groups that the policy names. Strict: an unknown
 * name, a wrong type or a name that stands twice is a finding. Whether AWS takes the values is for the rules.
 */
export function parseGroupsFile(file: string, text: string): GroupsFile {
  const reader = new GroupsReader(file, text.replace(/^\uFEFF/, ""));
  const groups = reader.read();
  return { groups, findings: reader.findings };
}

const SETTINGS = ["description", "precedence", "iamRole"];
const GENERATED = ["read", "write", "signedIn"];

class GroupsReader {
  readonly findings: Finding[] = [];
  readonly #file: string;
  readonly #text: string;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  read(): GroupSettings[] | undefined {
    const { node, problems } = readYaml(this.#text);
    for (const { offset, message, fix } of problems) this.#report(offset, message, fix);
    if (node === undefined) return undefined;
    if (node.kind === "nothing") return [];
    return this.#unique(this.#entries(node, "`NAME:` of a group, and its settings below")).map((entry) =>
      this.#group(entry),
    );
  }

  #group({ name, offset, value }: YamlEntry): GroupSettings {
    const settings = this.#settings(value, SETTINGS, "a group");
    return {
      name,
      ...this.#at(offset),
      description: this.#optional(settings, "description", (node) => this.#textOf(node)),
      precedence: this.#optional(settings, "precedence", (node) => this.#numberOf(node)),
      role: this.#optional(settings, "iamRole", (node) => this.#role(node)),
    };
  }

  #role(node: YamlNode): GroupRole | undefined {
    if (node.kind === "text") return { kind: "named", ...this.#at(node.offset), text: node.value };
    const expected = "an ARN, the logical name of a role, or `generate:`";
    if (node.kind !== "map") return this.#wrong(node, expected);
    const generate = this.#settings(node, ["generate"], "`iamRole`").get("generate");
    // A misspelt name has been reported.
    if (generate === undefined) return node.entries.length > 0 ? undefined : this.#wrong(node, expected);
    const settings = this.#settings(generate, GENERATED, "`generate`");
    return {
      kind: "generated",
      ...this.#at(node.offset),
      read: this.#optional(settings, "read", (list) => this.#texts(list)) ?? [],
      write: this.#optional(settings, "write", (list) => this.#texts(list)) ?? [],
      signedIn: this.#optional(settings, "signedIn", (flag) => this.#flagOf(flag)) ?? true,
    };
  }

  /** The settings below a name, of which there may be none. */
  #settings(node: YamlNode, known: readonly string[], whose: string): ReadonlyMap<string, YamlNode> {
    if (node.kind === "nothing") return new Map();
    const entries = this.#unique(this.#entries(node, known.map((name) => `\`${name}\``).join(", ")));
    for (const { name, offset } of entries) {
      if (known.includes(name)) continue;
      const meant = nearest(name, known);
      const fix =
        meant === undefined
          ? `${whose} has ${known.map((one) => `\`${one}\``).join(", ")}`
          : `did you mean \`${meant}\`?`;
      this.#report(offset, `unknown property \`${name}\``, fix);
    }
    return new Map(entries.map(({ name, value }) => [name, value]));
  }

  #entries(node: YamlNode, expected: string): readonly YamlEntry[] {
    if (node.kind === "map") return node.entries;
    this.#wrong(node, expected);
    return [];
  }

  /** The second of the same name has been reported. */
  #unique(entries: readonly YamlEntry[]): readonly YamlEntry[] {
    return [...new Map([...entries].reverse().map((entry) => [entry.name, entry])).values()].reverse();
  }

  #optional<T>(
    settings: ReadonlyMap<string, YamlNode>,
    name: string,
    read: (node: YamlNode) => T | undefined,
  ): T | undefined {
    const node = settings.get(name);
    return node === undefined || node.kind === "nothing" ? undefined : read(node);
  }

  #textOf(node: YamlNode): TextSetting | undefined {
    if (node.kind === "text") return { ...this.#at(node.offset), text: node.value };
    return this.#wrong(node, "a text", "put it in quotes");
  }

  #texts(node: YamlNode): TextSetting[] | undefined {
    if (node.kind !== "list") return this.#wrong(node, "a list of texts", "write `[PREFIX/, ...]`");
    return node.items.flatMap((item) => this.#textOf(item) ?? []);
  }

  #numberOf(node: YamlNode): (Setting & { number: number }) | undefined {
    if (node.kind === "number") return { ...this.#at(node.offset), number: node.value };
    return this.#wrong(node, "a whole number", "write it without quotes");
  }

  #flagOf(node: YamlNode): boolean | undefined {
    return node.kind === "boolean" ? node.value : this.#wrong(node, "`true` or `false`");
  }

  #wrong({ kind, offset }: YamlNode, expected: string, fix = "see docs/groups.md"): undefined {
    this.#report(offset, `${KINDS[kind]} stands here; expected ${expected}`, fix);
  }

  #report(offset: number, message: string, fix: string): void {
    this.findings.push({ rule: "groups-file", ...this.#at(offset), message, fix });
  }

  #at(offset: number): Setting {
    return { file: this.#file, ...placeIn(this.#text, offset) };
  }
}

const KINDS = {
  map: "a map",
  list: "a list",
  text: "a text",
  number: "a number",
  boolean: "`true` or `false`",
  nothing: "nothing",
} as const;
