import type { Finding } from "../../policy/finding.ts";
import type { At } from "../text/place.ts";
import { type PlacedText, StrictYaml } from "../text/strict-yaml.ts";
import type { YamlEntry, YamlNode } from "../text/yaml-text.ts";

/** The place of a setting. */
export type Setting = At;

export type TextSetting = PlacedText;

/** The settings of a group in `groups.yaml`; the place is that of its name. */
export interface GroupSettings extends Setting {
  readonly name: string;
  readonly description: TextSetting | undefined;
  /** The lowest number wins; undefined sorts after every number. */
  readonly precedence: (Setting & { readonly number: number }) | undefined;
  readonly role: GroupRole | undefined;
}

/** The IAM role of a group. */
type GroupRole =
  /** A role by its ARN, or a role of the stack by its logical name, as written. */
  (TextSetting & { readonly kind: "named" }) | GeneratedRole;

/** A role that the stack creates for the group. */
export interface GeneratedRole extends Setting {
  readonly kind: "generated";
  /** Prefixes in the bucket of user files, such as `reports/`. */
  readonly read: readonly TextSetting[];
  readonly write: readonly TextSetting[];
  /** Whether it also gets the rights of every signed-in user. */
  readonly signedIn: boolean;
}

export interface GroupsFile {
  /** In the order of the file, without entries that are invalid; undefined if the file is not YAML. */
  readonly groups: readonly GroupSettings[] | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Reads `groups.yaml`: description, precedence and IAM role of groups that the policy names. It is strict: an unknown
 * name, a wrong type or a duplicate key is a finding. Rules check whether AWS accepts the values.
 */
export function parseGroupsFile(file: string, text: string): GroupsFile {
  const reader = new GroupsReader(file, text);
  const groups = reader.read();
  return { groups, findings: reader.findings };
}

const SETTINGS = ["description", "precedence", "iamRole"];
const GENERATED = ["read", "write", "signedIn"];
const GUIDE = "see docs/groups.md";

class GroupsReader {
  readonly #yaml: StrictYaml;

  constructor(file: string, text: string) {
    this.#yaml = new StrictYaml("groups-file", file, text);
  }

  get findings(): readonly Finding[] {
    return this.#yaml.findings;
  }

  read(): GroupSettings[] | undefined {
    const node = this.#yaml.document();
    if (node === undefined) return undefined;
    if (node.kind === "nothing") return [];
    return this.#yaml
      .entries(node, "a map of group names to their settings", GUIDE)
      .map((entry) => this.#group(entry));
  }

  #group({ name, offset, value }: YamlEntry): GroupSettings {
    const settings = this.#yaml.properties(value, SETTINGS, "a group", GUIDE);
    return {
      name,
      ...this.#yaml.at(offset),
      description: this.#optional(settings, "description", (node) => this.#textOf(node)),
      precedence: this.#optional(settings, "precedence", (node) => this.#numberOf(node)),
      role: this.#optional(settings, "iamRole", (node) => this.#role(node)),
    };
  }

  #role(node: YamlNode): GroupRole | undefined {
    if (node.kind === "text") return { kind: "named", ...this.#yaml.at(node.offset), text: node.value };
    const expected = "an ARN, the logical name of a role, or `generate:`";
    if (node.kind !== "map") return this.#yaml.wrong(node, expected, GUIDE);
    const generate = this.#yaml.properties(node, ["generate"], "`iamRole`", GUIDE).get("generate");
    // A misspelled name is already a finding.
    if (generate === undefined) {
      return node.entries.length > 0 ? undefined : this.#yaml.wrong(node, expected, GUIDE);
    }
    const settings = this.#yaml.properties(generate, GENERATED, "`generate`", GUIDE);
    return {
      kind: "generated",
      ...this.#yaml.at(node.offset),
      read: this.#optional(settings, "read", (list) => this.#texts(list)) ?? [],
      write: this.#optional(settings, "write", (list) => this.#texts(list)) ?? [],
      signedIn: this.#optional(settings, "signedIn", (flag) => this.#flagOf(flag)) ?? true,
    };
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
    if (node.kind === "text") return { ...this.#yaml.at(node.offset), text: node.value };
    return this.#yaml.wrong(node, "a string", "put it in quotes");
  }

  #texts(node: YamlNode): TextSetting[] | undefined {
    if (node.kind !== "list") return this.#yaml.wrong(node, "a list of strings", "write `[PREFIX/, ...]`");
    return node.items.flatMap((item) => this.#textOf(item) ?? []);
  }

  #numberOf(node: YamlNode): (Setting & { number: number }) | undefined {
    if (node.kind === "number") return { ...this.#yaml.at(node.offset), number: node.value };
    return this.#yaml.wrong(node, "a whole number", "write it without quotes");
  }

  #flagOf(node: YamlNode): boolean | undefined {
    return node.kind === "boolean" ? node.value : this.#yaml.wrong(node, "`true` or `false`", GUIDE);
  }
}
