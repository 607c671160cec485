import type { ClientCapabilities } from "vscode-languageserver";
import type { Project, ProjectFile } from "./project.ts";

/** A file that a request names, in the project that it belongs to. */
interface PlacedFile {
  readonly project: Project;
  readonly file: ProjectFile;
}

/** What features know: the projects at this moment, and how their files are addressed. */
export interface Workspace {
  readonly projects: readonly Project[];
  /** The file of a URI; undefined if it is of no project, or not a file. */
  readonly at: (uri: string) => PlacedFile | undefined;
  /** The projects that have the same policy, the given one first. */
  readonly sharing: (project: Project) => readonly Project[];
  /** The URI of a file as the client spells it. */
  readonly uriOf: (project: Project, name: string) => string;
  /** What the client can do. */
  readonly client: ClientCapabilities;
  /** Shows people what the answer to a request cannot carry. */
  readonly say: (message: string) => void;
  /** A later moment, when a project is checked: its findings are those of its texts. */
  readonly checked: (project: Project) => Promise<Workspace>;
  /** The page of a rule; undefined where the package names no repository. */
  readonly rulePage: (id: string) => string | undefined;
}
