import type { PolicyFileJson } from "../contract.ts";

/** An edited file. */
interface Draft {
  readonly text: string;
  /** The saved text that the edit began with; the server writes only if the file still has it. */
  readonly base: string;
}

/** The edited files by path. A file that is as it was saved has no draft. */
export type Drafts = Readonly<Record<string, Draft>>;

/** The files as they are in the editor. */
export function editedFiles(saved: readonly PolicyFileJson[], drafts: Drafts): readonly PolicyFileJson[] {
  return saved.map(({ path, text }) => ({ path, text: drafts[path]?.text ?? text }));
}

/** The drafts after edits. */
export function withEdited(
  drafts: Drafts,
  saved: readonly PolicyFileJson[],
  edited: readonly PolicyFileJson[],
): Drafts {
  const bases = new Map(saved.map(({ path, text }) => [path, text]));
  const next = edited.map(({ path, text }) => {
    return [path, { text, base: drafts[path]?.base ?? bases.get(path) ?? "" }] as const;
  });
  return settled({ ...drafts, ...Object.fromEntries(next) }, saved);
}

/** The drafts once they are written: what is typed meanwhile begins with what was written. */
export function written(drafts: Drafts, files: readonly PolicyFileJson[]): Drafts {
  const bases = new Map(files.map(({ path, text }) => [path, text]));
  return Object.fromEntries(
    Object.entries(drafts).map(([path, { text, base }]) => [path, { text, base: bases.get(path) ?? base }]),
  );
}

/** The drafts that differ from the saved files. */
export function settled(drafts: Drafts, saved: readonly PolicyFileJson[]): Drafts {
  const known = new Map(saved.map(({ path, text }) => [path, text]));
  const entries = Object.entries(drafts).filter(([path, { text }]) => known.get(path) !== text);
  return entries.length === Object.keys(drafts).length ? drafts : Object.fromEntries(entries);
}
