import type { Location, TextDocumentPositionParams } from "vscode-languageserver";
import type { Occurrence } from "./names/name.ts";
import type { NameIndex } from "./names/name-index.ts";
import { rangeAt } from "./positions.ts";
import type { Project } from "./project.ts";
import type { Workspace } from "./workspace.ts";

/** A name that a request is about. */
export interface NamedPlace {
  readonly project: Project;
  readonly index: NameIndex;
  readonly one: Occurrence;
}

/** @param sources `all` reads the sources of the service from disk, too; `open` those that are open */
export function nameAt(
  workspace: Workspace,
  { textDocument, position }: TextDocumentPositionParams,
  sources: "all" | "open",
): NamedPlace | undefined {
  const placed = workspace.at(textDocument.uri);
  if (placed === undefined) return undefined;
  const { project, file } = placed;
  const one = project.index.at(file.name, position.line + 1, position.character + 1);
  if (one === undefined) return undefined;
  if (sources === "open") return { project, index: project.index, one };
  return {
    project,
    index: project.indexWithSources(workspace.projects.map(({ directory }) => directory)),
    one,
  };
}

export function locationOf(workspace: Workspace, project: Project, place: Occurrence): Location {
  return { uri: workspace.uriOf(project, place.file), range: rangeAt(place, place.length) };
}
