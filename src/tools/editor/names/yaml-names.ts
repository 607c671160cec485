import type { Name, NamesOfFile, Occurrence, SourceText } from "./name.ts";
import { columnOf } from "./written-string.ts";
import { type YamlEntry, type YamlNode, type YamlStrings, yamlStrings } from "./yaml-strings.ts";

/** A name in a string of a YAML file. */
export type NameInText = Name &
  Pick<Occurrence, "start" | "inRow"> & {
    readonly defines?: number | undefined;
    /** Set where the whole string means the name and spells it otherwise, as `get orders` does `GET /orders`. */
    readonly otherwise?: true;
  };

/** Collects the names of a YAML file. */
export class YamlNames {
  readonly occurrences: Occurrence[] = [];
  readonly #path: string;
  readonly #strings: YamlStrings;

  constructor(path: string, strings: YamlStrings) {
    this.#path = path;
    this.#strings = strings;
  }

  /** The names in a string; nothing in another value. */
  text(node: YamlNode | undefined, namesIn: (text: string) => readonly NameInText[]): void {
    if (node?.kind === "text") this.#add(node.offset, node.value, namesIn);
  }

  /** The names in a string or in each string of a list. */
  texts(node: YamlNode | undefined, namesIn: (text: string) => readonly NameInText[]): void {
    if (node?.kind === "list") for (const item of node.items) this.text(item, namesIn);
    else this.text(node, namesIn);
  }

  /** The names in each key of a map. */
  keys(node: YamlNode | undefined, namesIn: (text: string) => readonly NameInText[]): void {
    for (const { name, offset } of entriesOf(node)) this.#add(offset, name, namesIn);
  }

  key({ name, offset }: YamlEntry, namesIn: (text: string) => readonly NameInText[]): void {
    this.#add(offset, name, namesIn);
  }

  #add(offset: number, text: string, namesIn: (text: string) => readonly NameInText[]): void {
    const within = this.#strings.written(offset, text);
    const { line, column } = within ?? this.#strings.line(offset);
    for (const { otherwise, defines, ...named } of namesIn(text)) {
      const end = otherwise === true ? text.length : named.start + named.name.length;
      const from = within === undefined ? column : columnOf(within, named.start);
      this.occurrences.push({
        ...named,
        ...{ file: this.#path, line, column: from, defines },
        length: within === undefined ? 1 : columnOf(within, end) - from,
        within: otherwise === true ? undefined : within,
      });
    }
  }
}

/** The names of a YAML file that `collect` finds in its document; a file that is not YAML is unread. */
export function namesInYaml(
  { name: file, text }: SourceText,
  collect: (node: YamlNode, names: YamlNames) => void,
): NamesOfFile {
  const strings = yamlStrings(file, text);
  if (strings.node === undefined) {
    return { occurrences: [], unread: [{ file, line: 1, column: 1, text }] };
  }
  const names = new YamlNames(file, strings);
  collect(strings.node, names);
  return { occurrences: names.occurrences, unread: [] };
}

export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === "map" ? node.entries : [];
}

export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === "list" ? node.items : [];
}

export function valueAt(node: YamlNode | undefined, name: string): YamlNode | undefined {
  return entriesOf(node).find((entry) => entry.name === name)?.value;
}

/** The whole string as a name. */
export function whole(kind: Name["kind"], defines?: number): (text: string) => readonly NameInText[] {
  return (text) => (text === "" ? [] : [{ kind, name: text, start: 0, defines }]);
}
