import { addTo, groupBy } from "../../../policy/group-by.ts";
import { namesInCode } from "./code-names.ts";
import { CsvLines } from "./csv-lines.ts";
import { namesInFrontEndFile } from "./front-end-names.ts";
import { namesInGroupsFile } from "./groups-names.ts";
import { namesInLintFile } from "./lint-file-names.ts";
import type { NameKind, NamesOfFile, Occurrence, SourceText, UnreadPart } from "./name.ts";
import { namesInService } from "./service-names.ts";
import { namesInTest } from "./test-names.ts";

/** The names of one file. */
export interface IndexedFile {
  readonly file: SourceText;
  /** The rows of a policy file; undefined for any other. */
  readonly rows: CsvLines | undefined;
  /** Every name of a kind, at least once. */
  readonly names: (kind: NameKind) => Iterable<string>;
  readonly of: (kind: NameKind, name: string) => readonly Occurrence[];
  /** @param line counted from 1 */
  readonly onLine: (line: number) => readonly Occurrence[];
  readonly unread: readonly UnreadPart[];
}

const READERS: Readonly<Partial<Record<SourceText["kind"], (file: SourceText) => NamesOfFile>>> = {
  groups: namesInGroupsFile,
  test: namesInTest,
  lint: namesInLintFile,
  "front-end": namesInFrontEndFile,
  service: namesInService,
  source: namesInCode,
};

/** @param before what was read of the same file with another text */
export function indexedFile(file: SourceText, before?: IndexedFile): IndexedFile {
  if (file.kind === "policy") return indexedRows(file, before?.rows);
  const { occurrences, unread } = READERS[file.kind]?.(file) ?? { occurrences: [], unread: [] };
  const byName = groupBy(occurrences, ({ kind, name }) => `${kind} ${name}`);
  const byLine = groupBy(occurrences, ({ line }) => line);
  const names = new Map<NameKind, string[]>();
  for (const { kind, name } of occurrences) addTo(names, kind, name);
  return {
    file,
    rows: undefined,
    names: (kind) => names.get(kind) ?? [],
    of: (kind, name) => byName.get(`${kind} ${name}`) ?? [],
    onLine: (line) => byLine.get(line) ?? [],
    unread,
  };
}

function indexedRows(file: SourceText, before: CsvLines | undefined): IndexedFile {
  const rows = new CsvLines(file.name, file.text, before);
  return {
    file,
    rows,
    names: (kind) => rows.names(kind),
    of: (kind, name) => rows.occurrencesOf(kind, name),
    onLine: (line) => rows.occurrencesOn(line),
    get unread() {
      return rows.unread;
    },
  };
}
