import type { At } from "../text/place.ts";
import { StrictYaml } from "../text/strict-yaml.ts";
import type { YamlEntry, YamlNode } from "../text/yaml-text.ts";

/** What is wrong in a document, where, and the fix. */
export interface DocumentProblem extends At {
  readonly message: string;
  readonly fix: string;
}

/** Deeper chains of references are circles. */
const MOST_REFERENCES = 20;

/** The values of an OpenAPI document in YAML or JSON, with their places. References are followed within the file. */
export class DocumentNodes {
  readonly problems: DocumentProblem[] = [];
  readonly root: YamlNode;
  readonly #yaml: StrictYaml;

  constructor(file: string, text: string) {
    this.#yaml = new StrictYaml("openapi", file, text);
    this.root = this.#yaml.document() ?? NOTHING;
    for (const { line, column = 1, message, fix = "correct the document first" } of this.#yaml.findings) {
      this.problems.push({ file, line, column, message, fix });
    }
  }

  at(offset: number): At {
    return this.#yaml.at(offset);
  }

  report(offset: number, message: string, fix: string): void {
    this.problems.push({ ...this.at(offset), message, fix });
  }

  /** The entries of a map; a problem if the value is something else, and none if it is missing. */
  entries(node: YamlNode | undefined, what: string): readonly YamlEntry[] {
    if (node === undefined) return [];
    if (node.kind === "map") return node.entries;
    this.report(node.offset, `${what} is not a map`, "write it as the OpenAPI specification has it");
    return [];
  }

  /** The items of a list; a problem if the value is something else. */
  items(node: YamlNode, what: string): readonly YamlNode[] {
    if (node.kind === "list") return node.items;
    this.report(node.offset, `${what} is not a list`, "write it as the OpenAPI specification has it");
    return [];
  }

  /** The string; a problem if the value is something else. */
  text(node: YamlNode, what: string): string | undefined {
    if (node.kind === "text") return node.value;
    this.report(node.offset, `${what} is not a string`, "write it as the OpenAPI specification has it");
    return undefined;
  }

  /** The value that a `$ref` names, or the value itself. Undefined, and a problem, if it is not in this file. */
  resolved(node: YamlNode): Resolved | undefined {
    let [at, path]: readonly [YamlNode, readonly string[] | undefined] = [node, undefined];
    for (let count = 0; count < MOST_REFERENCES; count += 1) {
      const reference = entryOf(at, "$ref");
      if (reference === undefined) return { node: at, path };
      const target = this.text(reference.value, "`$ref`");
      path = target === undefined ? undefined : pointerOf(target);
      const found = path && valueAt(this.root, path);
      if (found === undefined) {
        this.report(
          reference.value.offset,
          `\`${target ?? ""}\` is not a value of this file`,
          target?.startsWith("#") === true
            ? "correct the reference"
            : "bundle the document into one file first",
        );
        return undefined;
      }
      at = found;
    }
    this.report(node.offset, "the references are a circle", "refer to a value that is not a reference");
    return undefined;
  }
}

export interface Resolved {
  readonly node: YamlNode;
  /** The names that lead to the value from the top, if a reference led to it. */
  readonly path: readonly string[] | undefined;
}

const NOTHING: YamlNode = { kind: "nothing", offset: 0 };

export function entryOf(node: YamlNode | undefined, name: string): YamlEntry | undefined {
  return node?.kind === "map" ? node.entries.find((entry) => entry.name === name) : undefined;
}

/** `#/paths/~1orders` -> `paths`, `/orders` (RFC 6901 in a fragment); undefined for another file. */
function pointerOf(reference: string): readonly string[] | undefined {
  if (!reference.startsWith("#/")) return undefined;
  try {
    return reference
      .slice(2)
      .split("/")
      .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
  } catch {
    return undefined;
  }
}

function valueAt(root: YamlNode, path: readonly string[]): YamlNode | undefined {
  return path.reduce<YamlNode | undefined>((node, name) => entryOf(node, name)?.value, root);
}
