import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { systemCodeOf } from "../../../errors.ts";
import type { PolicyFile } from "../../../policy/compile.ts";
import { type DirectoryTexts, linterOf, readDirectoryTexts } from "../../checking/lint-directory.ts";
import { isSource } from "../../editor/file-kind.ts";
import { NamesMemory } from "../../editor/names/name-index.ts";
import { Project } from "../../editor/project.ts";
import { testFindings } from "../../editor/test-findings.ts";
import { type Finding, findingAt } from "../../findings/finding.ts";
import type { LintReport } from "../../lint/lint.ts";
import { parseEdited } from "../../lint/parsed-files.ts";
import { policyTexts } from "../../machine/policy-files.ts";
import { isIgnoredName } from "../../machine/policy-listing.ts";
import { serviceFileIn } from "../../service/framework.ts";
import { includedFiles } from "../../service/included-files.ts";
import { NOT_READ, type ReadService } from "../check/read-service-of.ts";
import type { ProjectPlace } from "./find-projects.ts";

const NOTHING: DirectoryTexts = {
  sources: { model: { path: "", text: "" }, rows: [] },
  groupsFile: undefined,
  lintFile: undefined,
  tests: () => [],
  misnamed: [],
  unreadable: [],
};

/** Larger sources are not looked through. */
const LARGEST_SOURCE = 2 ** 20;
const MOST_SOURCES = 10_000;

/** A project of the workspace over time: its files on disk, under what is open in the editor. */
export class OpenProject {
  readonly place: ProjectPlace;
  /** How often serverless.yml, or a file that it may include, was saved. */
  serviceChanges = 0;
  /** Whether something changed since the last check began. */
  needsCheck = true;
  readonly #unsaved: ReadonlyMap<string, string>;
  #findings: readonly Finding[] = [];
  #service = NOT_READ;
  #project: Project | undefined;
  #files = new Map<string, PolicyFile>();
  readonly #names = new NamesMemory();

  /** @param unsaved path -> text of every open file of the workspace, kept up to date by its owner */
  constructor(place: ProjectPlace, unsaved: ReadonlyMap<string, string>) {
    this.place = place;
    this.#unsaved = unsaved;
  }

  /** The name of a file as findings spell it; undefined for one that belongs neither to the service nor the policy. */
  nameOf(path: string): string | undefined {
    const { directory, policies } = this.place;
    return isBelow(path, directory) || isBelow(path, policies) ? namedFrom(directory, path) : undefined;
  }

  pathOf(name: string): string {
    return join(this.place.directory, ...name.split("/"));
  }

  /** Whether saving a file may change the service: the plugin makes groups and scopes of the policy. */
  mayChangeService(path: string): boolean {
    const { directory, policies } = this.place;
    const isInstalled = path.split(sep).includes("node_modules");
    const isOfService = isBelow(path, directory) && !isInstalled;
    return isBelow(path, policies) || (isOfService && /\.(?:ya?ml|json|[cm]?[jt]s)$/.test(path));
  }

  /** A file changed: the next request reads it. */
  changed(): void {
    this.#project = undefined;
    this.needsCheck = true;
  }

  /** What a check found; the texts are the same. */
  learned({ findings }: LintReport): void {
    this.#findings = [...findings.map(findingAt), ...this.#service.refused];
    this.#project = this.#project?.with({ findings: this.#findings, service: this.#service.service });
  }

  /** What serverless.yml deploys now. */
  serviceRead(service: ReadService): void {
    this.#service = service;
    this.changed();
  }

  /** How long a check takes, as far as the length of texts tells. */
  get size(): number {
    return this.current().policyFiles.reduce((sum, { text }) => sum + text.length, 0);
  }

  /** The project at this moment. */
  current(): Project {
    this.#project ??= this.#read();
    return this.#project;
  }

  /** The findings of `claimgate check`, in steps, and then those in test files. */
  *check(): Generator<undefined, LintReport> {
    const project = this.current();
    const { texts } = project.facts;
    if (texts === NOTHING) return { findings: [], switchedOff: [], ignored: [] };
    const linter = linterOf(texts, this.#service.service);
    const report = yield* linter.lintInSteps(linter.files);
    return { ...report, findings: [...report.findings, ...(yield* testFindings(project))] };
  }

  #read(): Project {
    const { directory, policies } = this.place;
    const place = { directory: policies, namedFrom: directory, unsaved: this.#unsaved };
    const others = new Map<string, string>();
    let texts = NOTHING;
    try {
      texts = this.#withKnownFiles(readDirectoryTexts(place));
      for (const [name, text] of policyTexts(place)) others.set(name, text);
    } catch (error) {
      // The directory was deleted, or was never there.
      if (systemCodeOf(error) === undefined) throw error;
    }
    const service = this.#readService();
    for (const [name, text] of service) others.set(name, text);
    for (const [path, text] of this.#unsaved) {
      const name = this.nameOf(path);
      if (name !== undefined) others.set(name, text);
    }
    return new Project({
      directory,
      policies: namedFrom(directory, policies),
      texts,
      others,
      included: new Set(service.keys()),
      service: this.#service.service,
      lint: (files) =>
        linterOf(texts, this.#service.service).lint(files, { withoutSuggestions: true }).findings,
      readSources: () => sourcesBelow(directory),
      names: this.#names,
      findings: this.#findings,
    });
  }

  /** serverless.yml and the files that it includes, by name. */
  #readService(): ReadonlyMap<string, string> {
    const { directory } = this.place;
    const service = serviceFileIn(directory);
    if (service === undefined) return new Map();
    const read = (name: string) => this.#unsaved.get(this.pathOf(name)) ?? readText(this.pathOf(name));
    const text = read(service);
    if (text === undefined) return new Map();
    return new Map([...includedFiles(text, read), [service, text]]);
  }

  /** A file with the same text stays the same object, so that what was computed of it stays too. */
  #withKnownFiles(texts: DirectoryTexts): DirectoryTexts {
    const rows = texts.sources.rows.map((file) => {
      const known = this.#files.get(file.path);
      if (known?.text === file.text) return known;
      if (known !== undefined) parseEdited(known, file);
      return file;
    });
    this.#files = new Map(rows.map((file) => [file.path, file]));
    return { ...texts, sources: { ...texts.sources, rows } };
  }
}

export function isBelow(path: string, directory: string): boolean {
  return path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}

function namedFrom(directory: string, path: string): string {
  return relative(directory, path).split(sep).join("/");
}

/** Undefined for a file that cannot be read. */
function readText(path: string): string | undefined {
  try {
    return statSync(path).size > LARGEST_SOURCE ? undefined : readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

const NEVER = new Set(["node_modules", "dist", "build", "coverage"]);

/** The sources of a service, without installed and built ones. Follows no links. */
function* sourcesBelow(directory: string): Generator<{ readonly name: string; readonly text: string }> {
  const folders = [directory];
  for (let count = 0; folders.length > 0 && count < MOST_SOURCES; ) {
    const folder = folders.pop() ?? directory;
    for (const entry of entriesOf(folder)) {
      if (isIgnoredName(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !NEVER.has(entry.name)) folders.push(path);
      if (!entry.isFile() || !isSource(entry.name)) continue;
      count += 1;
      const text = readText(path);
      if (text !== undefined) yield { name: namedFrom(directory, path), text };
    }
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
