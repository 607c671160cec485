import type { ClientCapabilities } from "vscode-languageserver";
import { POLICY_TEST } from "../../editor/test-findings.ts";
import type { Workspace } from "../../editor/workspace.ts";
import { BUILT } from "../terminal/built.ts";
import { pathOfUri, uriOfPath } from "./file-uris.ts";
import { findProjects } from "./find-projects.ts";
import { isBelow, OpenProject } from "./open-project.ts";

/** The folders that the editor has open, their projects, and the files that are open in it. */
export class OpenWorkspace {
  readonly #policies: string | undefined;
  readonly #texts = new Map<string, string>();
  /** Path -> how the client spells the URI of an open file, and its version. */
  readonly #open = new Map<string, { readonly uri: string; readonly version: number }>();
  /** What the client said that it can do. */
  client: ClientCapabilities = {};
  readonly #say: Workspace["say"];
  #folders: readonly string[] = [];
  #projects: readonly OpenProject[] = [];

  /**
   * @param policies the directory of the policy in each folder, if it is not to be looked for
   * @param say shows people a message
   */
  constructor(policies: string | undefined, say: Workspace["say"]) {
    this.#policies = policies;
    this.#say = say;
  }

  get projects(): readonly OpenProject[] {
    return this.#projects;
  }

  open(folders: readonly string[]): void {
    this.#folders = folders;
    this.#find();
  }

  foldersChanged(added: readonly string[], removed: readonly string[]): void {
    this.open([...new Set([...this.#folders.filter((folder) => !removed.includes(folder)), ...added])]);
  }

  edited(uri: string, version: number, text: string): void {
    const path = pathOfUri(uri);
    if (path === undefined) return;
    this.#texts.set(path, text);
    this.#open.set(path, { uri, version });
    this.#changed(path);
  }

  closed(uri: string): void {
    const path = pathOfUri(uri);
    if (path === undefined) return;
    this.#texts.delete(path);
    this.#open.delete(path);
    this.#changed(path);
  }

  /** Files that changed, appeared or disappeared. One that is in no project may make a new one. */
  changedOnDisk(paths: readonly string[]): void {
    for (const path of paths) {
      this.#changed(path);
      for (const project of this.#projects) if (project.mayChangeService(path)) project.serviceChanges += 1;
    }
    this.#find();
  }

  /**
   * The projects at this moment.
   *
   * @param settled resolves when a project is checked
   */
  snapshot(settled: (project: OpenProject) => Promise<void>): OpenWorkspaceSnapshot {
    const later = (project: OpenProject) => settled(project).then(() => this.snapshot(settled));
    const { client } = this;
    return new OpenWorkspaceSnapshot(this.#projects, this.#open, { client, say: this.#say }, later);
  }

  #changed(path: string): void {
    for (const project of this.#projects) if (project.nameOf(path) !== undefined) project.changed();
  }

  /** A project that is still there keeps what is known of it. */
  #find(): void {
    const known = new Map(this.#projects.map((one) => [keyOf(one.place), one]));
    const places = new Map(
      this.#folders
        .flatMap((folder) => findProjects(folder, this.#policies))
        .map((place) => [keyOf(place), place]),
    );
    this.#projects = [...places].map(([key, place]) => known.get(key) ?? new OpenProject(place, this.#texts));
  }
}

const keyOf = ({ directory, policies }: OpenProject["place"]) => `${directory}\n${policies}`;

/** What features see. A file belongs to the project whose policy it is part of, otherwise to the innermost one. */
export class OpenWorkspaceSnapshot implements Workspace {
  readonly #open: readonly OpenProject[];
  readonly #uris: ReadonlyMap<string, { readonly uri: string; readonly version: number }>;
  readonly projects: Workspace["projects"];
  readonly checked: Workspace["checked"];
  readonly client: ClientCapabilities;
  readonly say: Workspace["say"];

  constructor(
    open: readonly OpenProject[],
    uris: ReadonlyMap<string, { readonly uri: string; readonly version: number }>,
    { client, say }: Pick<Workspace, "client" | "say">,
    later: (project: OpenProject) => Promise<Workspace>,
  ) {
    this.client = client;
    this.say = say;
    this.checked = (project) => {
      const one = open[this.projects.indexOf(project)];
      return one === undefined ? Promise.resolve(this) : later(one);
    };
    this.#open = open;
    this.#uris = uris;
    this.projects = open.map((one) => one.current());
  }

  readonly at: Workspace["at"] = (uri) => {
    const path = pathOfUri(uri);
    if (path === undefined) return undefined;
    const length = ({ place }: OpenProject) =>
      isBelow(path, place.policies) ? 1e6 + place.policies.length : place.directory.length;
    const own = this.#open
      .filter((one) => one.nameOf(path) !== undefined)
      .sort((a, b) => length(b) - length(a));
    for (const one of own) {
      const project = this.projects[this.#open.indexOf(one)];
      const file = project?.file(one.nameOf(path) ?? "");
      if (project !== undefined && file !== undefined) return { project, file };
    }
    return undefined;
  };

  readonly sharing: Workspace["sharing"] = (project) => {
    const policies = this.#open[this.projects.indexOf(project)]?.place.policies;
    const others = this.projects.filter(
      (one, index) => one !== project && this.#open[index]?.place.policies === policies,
    );
    return [project, ...others];
  };

  readonly uriOf: Workspace["uriOf"] = (project, name) => {
    const path = this.#open[this.projects.indexOf(project)]?.pathOf(name) ?? name;
    return this.#uris.get(path)?.uri ?? uriOfPath(path);
  };

  readonly rulePage: Workspace["rulePage"] = (id) =>
    BUILT.repository === undefined
      ? undefined
      : `${BUILT.repository}/blob/v${BUILT.version}/docs/${id === POLICY_TEST ? "policy-tests" : `rules/${id}`}.md`;

  has(project: OpenProject): boolean {
    return this.#open.includes(project);
  }

  /** The version of an open file. */
  versionOf(uri: string): number | undefined {
    const path = pathOfUri(uri);
    return path === undefined ? undefined : this.#uris.get(path)?.version;
  }
}
