import { posix } from "node:path";
import type { At } from "../text/place.ts";
import { placeIn } from "../text/place.ts";
import { readWrittenYaml, type WrittenYaml } from "../text/written-yaml.ts";

/** The text of a file that serverless.yml includes, by its path relative to it; undefined if it cannot be read. */
export type ReadIncluded = (path: string) => string | undefined;

/** A value as written. */
export interface Written {
  readonly yaml: WrittenYaml;
  readonly file: WrittenFile;
}

interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

/** An entry of a map or an item of a list: its place and its value. */
export interface WrittenPart {
  readonly at: At;
  readonly value: Written;
}

/** How far a path leads. */
export interface Way {
  /** The last name of the path that is written. */
  readonly at: At;
  readonly value: Written | undefined;
  /** How many names of the path are not written. */
  readonly left: number;
}

/** Longer chains of includes and references are not followed. */
const DEEPEST = 10;

/**
 * serverless.yml as written, with the files that it includes. `${file(...)}` and `${self:...}` are followed if they
 * are a whole value; only the framework knows the value of any other variable.
 */
export class WrittenService {
  readonly #top: Written | undefined;
  readonly #start: At;
  readonly #included = new Map<string, Written | undefined>();
  readonly #readIncluded: ReadIncluded;

  constructor(path: string, text: string, readIncluded: ReadIncluded) {
    this.#top = opened(path, text);
    this.#start = { file: path, line: 1, column: 1 };
    this.#readIncluded = readIncluded;
  }

  /** The value at a path from the top, by names and list indices; if it does not exist, how far the path leads. */
  along(path: readonly string[]): Way {
    const start = { at: this.#start, value: this.#top, left: path.length };
    return this.#top === undefined ? start : this.#along(this.#top, path, start);
  }

  /** The entry of a map, or of the first map that has it in a list of sections, which the framework merges. */
  part(value: Written, name: string): WrittenPart | undefined {
    return this.#partsOf(value, name, 0)[0];
  }

  items(value: Written): readonly Written[] {
    const { yaml, file } = this.#followed(value, 0);
    return yaml.items.map((item) => ({ yaml: item, file }));
  }

  /** A string, a number, a boolean or null; undefined for a map or a list. */
  scalar(value: Written): unknown {
    return this.#followed(value, 0).yaml.scalar;
  }

  /** The path that leads furthest: several sections may have the first names of a path. */
  #along(value: Written, path: readonly string[], so: Way): Way {
    const [name, ...rest] = path;
    if (name === undefined) return so;
    const ways = this.#partsOf(value, name, 0).map((part) =>
      this.#along(part.value, rest, { ...part, left: rest.length }),
    );
    return ways.reduce((best, way) => (way.left < best.left ? way : best), { ...so, left: path.length });
  }

  #partsOf(value: Written, name: string, depth: number): readonly WrittenPart[] {
    if (depth > DEEPEST) return [];
    const { yaml, file } = this.#followed(value, depth);
    const entry = yaml.entry(name);
    if (entry !== undefined) return [partAt(file, entry.value, entry.offset)];
    const item = /^\d+$/.test(name) ? yaml.items[Number(name)] : undefined;
    if (item !== undefined) return [partAt(file, item)];
    return yaml.items.flatMap((section) => this.#partsOf({ yaml: section, file }, name, depth + 1));
  }

  /** The target of a reference; any other value itself. */
  #followed(value: Written, depth: number): Written {
    const reference = depth > DEEPEST ? undefined : referenceIn(value.yaml.scalar);
    if (reference === undefined) return value;
    let target = reference.file === undefined ? this.#top : this.#open(reference.file);
    for (const name of reference.path) target = target && this.#partsOf(target, name, depth + 1)[0]?.value;
    return target === undefined ? value : this.#followed(target, depth + 1);
  }

  #open(path: string): Written | undefined {
    if (!this.#included.has(path)) {
      const text = /\.(?:ya?ml|json)$/i.test(path) ? this.#readIncluded(path) : undefined;
      this.#included.set(path, text === undefined ? undefined : opened(path, text));
    }
    return this.#included.get(path);
  }
}

function partAt(file: WrittenFile, yaml: WrittenYaml, offset = yaml.offset): WrittenPart {
  return { at: { file: file.path, ...placeIn(file.text, offset) }, value: { yaml, file } };
}

function opened(path: string, text: string): Written | undefined {
  const file = { path, text: text.replace(/^\uFEFF/, "") };
  const yaml = readWrittenYaml(file.text);
  return yaml && { yaml, file };
}

interface VariableReference {
  /** Undefined for serverless.yml itself. */
  readonly file: string | undefined;
  readonly path: readonly string[];
}

/**
 * `${file(resources/pool.yml)}`, `${file(functions.yml):orders.events}`, `${self:custom.events}`; each may have a
 * default after a comma.
 */
function referenceIn(scalar: unknown): VariableReference | undefined {
  if (typeof scalar !== "string") return undefined;
  const [, file, inFile, inSelf] =
    /^\$\{(?:file\(([^)]+)\)(?::([\w.-]+))?|self:([\w.-]+))\s*(?:,.*)?\}$/.exec(scalar.trim()) ?? [];
  if (file === undefined && inSelf === undefined) return undefined;
  return {
    file: file === undefined ? undefined : posix.normalize(file.trim()),
    path: (inFile ?? inSelf ?? "").split(".").filter((name) => name !== ""),
  };
}
