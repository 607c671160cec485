import type { PolicyFile } from "../../policy/compile.ts";
import { PolicyError } from "../../policy/finding.ts";
import { loadPolicy } from "../../policy/load.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Row } from "../../policy/row.ts";
import type { DirectoryTexts } from "../checking/lint-directory.ts";
import type { Finding, LineFinding } from "../findings/finding.ts";
import { parsedFile } from "../lint/parsed-files.ts";
import type { Service } from "../service/service.ts";
import { linesOf } from "../text/place.ts";
import { type FileKind, fileKind } from "./file-kind.ts";
import type { NameIndex, NamesMemory } from "./names/name-index.ts";

/** A file of a service: its text in the editor if it is open there, otherwise that on disk. */
export interface ProjectFile {
  /** Relative to the directory of the service, with `/`, as findings name it. */
  readonly name: string;
  readonly kind: FileKind;
  readonly text: string;
}

/** What a project is made of. */
export interface ProjectFacts {
  /** The absolute path of the directory of the service. */
  readonly directory: string;
  /** The name of the directory of its policy: `policies`, `../shared/policies`. */
  readonly policies: string;
  /** What the findings of its policy depend on. */
  readonly texts: DirectoryTexts;
  /** Name -> text of the other files: serverless.yml, what it includes, tests, open ones. */
  readonly others: ReadonlyMap<string, string>;
  /** The names of those that serverless.yml includes. */
  readonly included: ReadonlySet<string>;
  /** What serverless.yml deploys; undefined unless the server was started with `--service`, or before it was read. */
  readonly service: Service | undefined;
  /** The findings of edited policy files, without suggestions. */
  readonly lint: (files: readonly PolicyFile[]) => readonly LineFinding[];
  /** The JavaScript and TypeScript files of the service. Reads them, so that only requests that need them wait. */
  readonly readSources: () => Iterable<{ readonly name: string; readonly text: string }>;
  /** What names were read of the files, the same object for every state of the project. */
  readonly names: NamesMemory;
  /** Of the last check that finished, which may be of an older text. */
  readonly findings: readonly Finding[];
}

/**
 * One service of the workspace at one moment: a directory with a policy. Immutable; an edit makes another one. What
 * is computed from the texts is computed when it is first asked for.
 */
export class Project {
  readonly facts: ProjectFacts;
  readonly directory: string;
  readonly policies: string;
  readonly service: Service | undefined;
  readonly findings: readonly Finding[];
  #rows: readonly Row[] | undefined;
  #policy: { readonly loaded: Policy | undefined } | undefined;
  #index: NameIndex | undefined;
  readonly #lines = new Map<string, readonly string[]>();

  constructor(facts: ProjectFacts) {
    this.facts = facts;
    this.directory = facts.directory;
    this.policies = facts.policies;
    this.service = facts.service;
    this.findings = facts.findings;
  }

  /** The same texts, with what was learned of them since. */
  with(learned: Pick<ProjectFacts, "findings" | "service">): Project {
    const other = new Project({ ...this.facts, ...learned });
    other.#rows = this.#rows;
    other.#policy = this.#policy;
    other.#index = this.#index;
    return other;
  }

  /** The policy files, in the order of their names. */
  get policyFiles(): readonly PolicyFile[] {
    return this.facts.texts.sources.rows;
  }

  /** The rows of all files that parse, in the order of files and lines; duplicates included. */
  get rows(): readonly Row[] {
    this.#rows ??= this.policyFiles.flatMap((file) => parsedFile(file).rows);
    return this.#rows;
  }

  /** The rows of one file that parse, in the order of their lines. */
  rowsOf(name: string): readonly Row[] {
    const file = this.policyFiles.find(({ path }) => path === name);
    return file === undefined ? [] : parsedFile(file).rows;
  }

  /** The row on a line, counted from 1; undefined for a comment, a blank line or one that does not parse. */
  rowOn(name: string, line: number): Row | undefined {
    const rows = this.rowsOf(name);
    let [from, to] = [0, rows.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((rows[middle]?.line ?? 0) < line) from = middle + 1;
      else to = middle;
    }
    const row = rows[from];
    return row?.line === line ? row : undefined;
  }

  /** The policy that decides; undefined while it does not load. */
  get policy(): Policy | undefined {
    this.#policy ??= { loaded: loadedOrNot(this) };
    return this.#policy.loaded;
  }

  /** Where the names of all files are written, without those in sources that are not open. */
  get index(): NameIndex {
    this.#index ??= this.facts.names.index(this.files);
    return this.#index;
  }

  /**
   * The same with every source of the service.
   *
   * @param services the directories of all services: sources below another one are its own
   */
  indexWithSources(services: readonly string[]): NameIndex {
    const below = services.flatMap((other) => {
      const name = namedBelow(this.directory, other);
      return name === undefined ? [] : [`${name}/`];
    });
    const own = this.filesOf("source").filter(({ name }) => !below.some((folder) => name.startsWith(folder)));
    return this.facts.names.index([...this.files.filter(({ kind }) => kind !== "source"), ...own]);
  }

  /** A file by its name; undefined if the project does not have it. Sources that are not open are not looked for. */
  file(name: string): ProjectFile | undefined {
    const text = this.#textOf(name);
    return text === undefined ? undefined : { name, kind: this.#kindOf(name), text };
  }

  /** The lines of a file, without line endings; none of a file that the project does not have. */
  linesOf(name: string): readonly string[] {
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const text = this.#textOf(name);
    const lines = text === undefined ? [] : linesOf(text);
    this.#lines.set(name, lines);
    return lines;
  }

  /** Every file except sources that are not open. */
  get files(): readonly ProjectFile[] {
    const { sources, groupsFile, frontEndFile, lintFile } = this.facts.texts;
    const ofPolicy = [...sources.rows, groupsFile, frontEndFile, lintFile].flatMap(
      (file) => file?.path ?? [],
    );
    const names = new Set([...ofPolicy, ...this.facts.others.keys()]);
    return [...names].sort().flatMap((name) => this.file(name) ?? []);
  }

  /** The files of one kind; for `source` they are read from disk unless they are open. */
  filesOf(kind: FileKind): readonly ProjectFile[] {
    const known = this.files.filter((file) => file.kind === kind);
    if (kind !== "source") return known;
    const open = new Set(known.map(({ name }) => name));
    const read = [...this.facts.readSources()].filter(({ name }) => !open.has(name));
    return [...known, ...read.map((file) => ({ ...file, kind }))];
  }

  /** The findings of edited policy files, without suggestions. */
  lint(files: readonly PolicyFile[]): readonly LineFinding[] {
    return this.facts.lint(files);
  }

  #kindOf(name: string): FileKind {
    const kind = fileKind(name, this.policies);
    return kind === "other" && this.facts.included.has(name) ? "service" : kind;
  }

  #textOf(name: string): string | undefined {
    const { sources, groupsFile, frontEndFile, lintFile } = this.facts.texts;
    const ofPolicy = [...sources.rows, groupsFile, frontEndFile, lintFile].find(
      (file) => file?.path === name,
    );
    return ofPolicy?.text ?? this.facts.others.get(name);
  }
}

/** The name of a directory below another one, with `/`; undefined if it is not below it. */
function namedBelow(directory: string, other: string): string | undefined {
  const [above, below] = [directory, other].map((path) => path.replaceAll("\\", "/"));
  return below?.startsWith(`${above}/`) === true ? below.slice(`${above}/`.length) : undefined;
}

function loadedOrNot({ facts }: Project): Policy | undefined {
  if (facts.texts.unreadable.length > 0) return undefined;
  try {
    return loadPolicy(facts.texts.sources);
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}
