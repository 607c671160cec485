import { covers } from "../../../policy/permission.ts";
import { byPlace } from "../../../policy/place.ts";
import type { Subject } from "../../../policy/subject.ts";
import { tenantGroup, tenantOf } from "../../../policy/tenant-group.ts";
import type { CsvLines } from "./csv-lines.ts";
import {
  isPattern,
  type Name,
  type NameKind,
  type Occurrence,
  type SourceText,
  spelled,
  type UnreadPart,
} from "./name.ts";
import { type IndexedFile, indexedFile } from "./names-of-file.ts";

/** Remembers the names of the files of a project, so that an edit reads few lines again and not all files. */
export class NamesMemory {
  #known: ReadonlyMap<string, IndexedFile> = new Map();

  /** Where every name of these files is written. Files that are left out stay known. */
  index(files: readonly SourceText[]): NameIndex {
    const indexed = files.map((file) => {
      const known = this.#known.get(file.name);
      const isSame = known?.file.text === file.text && known.file.kind === file.kind;
      return known !== undefined && isSame ? known : indexedFile(file, known);
    });
    this.#known = new Map([...this.#known, ...indexed.map((one) => [one.file.name, one] as const)]);
    return new NameIndex(indexed);
  }
}

/** Where every name of some files is written. */
export class NameIndex {
  readonly #files: ReadonlyMap<string, IndexedFile>;
  readonly #names = new Map<string, readonly Name[]>();

  constructor(files: readonly IndexedFile[]) {
    this.#files = new Map(files.map((one) => [one.file.name, one]));
  }

  get files(): readonly SourceText[] {
    return [...this.#files.values()].map(({ file }) => file);
  }

  /** The rows of the policy, file by file. */
  get rows(): readonly CsvLines[] {
    return [...this.#files.values()].flatMap(({ rows }) => rows ?? []);
  }

  kindOf(file: string): SourceText["kind"] | undefined {
    return this.#files.get(file)?.file.kind;
  }

  /** The places of exactly this name, by file, line and column. */
  of({ kind, name }: Name): readonly Occurrence[] {
    return [...this.#files.values()].flatMap((file) => file.of(kind, name)).sort(byPlace);
  }

  /** The places of the wildcards and templates that cover the name; of a wildcard, of the names that it covers. */
  related(one: Name): readonly Occurrence[] {
    return this.names(one.kind)
      .filter((other) => matches(other, one) || matches(one, other))
      .flatMap((other) => this.of(other))
      .sort(byPlace);
  }

  /**
   * Each name of a kind once, sorted.
   *
   * @param within only those of files of this kind
   */
  names(kind: NameKind, within?: SourceText["kind"]): readonly Name[] {
    const key = `${kind} ${within}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const files = [...this.#files.values()].filter(
      ({ file }) => within === undefined || file.kind === within,
    );
    const all = new Set(files.flatMap(({ names }) => [...names(kind)]));
    const names = [...all].sort().map((name) => ({ kind, name }));
    this.#names.set(key, names);
    return names;
  }

  /** The name at a place: the innermost, with the prefix of a subject as a part of it. */
  at(file: string, line: number, column: number): Occurrence | undefined {
    const onLine = this.#files.get(file)?.onLine(line) ?? [];
    const found = onLine.filter((one) => {
      const start = one.column - prefixLength(one);
      return start <= column && column <= one.column + one.length;
    });
    return found.sort((a, b) => a.length - b.length)[0];
  }

  /** The parts of files that could not be read and contain the string. */
  unreadWith(text: string): readonly UnreadPart[] {
    return [...this.#files.values()].flatMap(({ unread }) =>
      unread.filter((part) => part.text.includes(text)),
    );
  }
}

function prefixLength({ kind, start, within }: Occurrence): number {
  const prefix = `${kind}:`;
  return within?.text.slice(0, start).endsWith(prefix) === true ? prefix.length : 0;
}

/** Whether a wildcard or a template covers the name. */
export function matches(pattern: Name, one: Name): boolean {
  if (pattern.kind !== one.kind || !isPattern(pattern)) return false;
  if (pattern.kind === "permission") return !isPattern(one) && covers(pattern.name, one.name);
  const group = tenantGroup(spelled(pattern) as Subject);
  return group !== undefined && tenantOf(group, spelled(one)) !== undefined;
}
