import { DefinitionRequest } from "vscode-languageserver";
import { feature } from "../feature.ts";
import { locationOf, nameAt } from "../named-place.ts";
import { definitionsOf } from "../names/lookup.ts";

/** From a name to where it is defined. */
export const definition = feature(
  DefinitionRequest.type,
  { definitionProvider: true },
  (workspace, params) => {
    const named = nameAt(workspace, params, "open");
    if (named === undefined) return null;
    const { project, index, one } = named;
    return definitionsOf(index, one).map((place) => locationOf(workspace, project, place));
  },
);
