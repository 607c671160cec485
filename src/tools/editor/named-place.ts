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

/** The name at a position. Sources that are not open are not read. */
export function nameAt(
  workspace: Workspace,
  { textDocument, position }: TextDocumentPositionParams,
): NamedPlace | undefined {
  const placed = workspace.at(textDocument.uri);
  if (placed === undefined) return undefined;
  const { project, file } = placed;
  const { index } = project;
  const one = index.at(file.name, position.line + 1, position.character + 1);
  return one && { project, index, one };
}

/**
 * The same name in every service that has the policy: the one of the request first.
 *
 * @param sources `all` reads the sources of the services from disk, too; `open` those that are open
 */
export function namedBySharing(
  workspace: Workspace,
  { project: own, one }: NamedPlace,
  sources: "all" | "open",
): readonly NamedPlace[] {
  const services = workspace.projects.map(({ directory }) => directory);
  return workspace.sharing(own).map((project) => {
    const index = sources === "all" ? project.indexWithSources(services) : project.index;
    return { project, index, one };
  });
}

/** Places as the protocol has them, each once: services that share a policy find the same in it. */
export function locationsOf(
  workspace: Workspace,
  found: readonly (readonly [Project, readonly Occurrence[]])[],
): Location[] {
  const locations = found.flatMap(([project, places]) =>
    places.map((place) => locationOf(workspace, project, place)),
  );
  return [...new Map(locations.map((one) => [JSON.stringify(one), one])).values()];
}

function locationOf(workspace: Workspace, project: Project, place: Occurrence): Location {
  return { uri: workspace.uriOf(project, place.file), range: rangeAt(place, place.length) };
}
