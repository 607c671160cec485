import { ReferencesRequest } from "vscode-languageserver";
import { feature } from "../feature.ts";
import { locationOf, nameAt } from "../named-place.ts";
import { referencesTo } from "../names/lookup.ts";

/** Everything that names the same, also in sources that are not open. */
export const references = feature(
  ReferencesRequest.type,
  { referencesProvider: true },
  (workspace, params) => {
    const named = nameAt(workspace, params, "all");
    if (named === undefined) return null;
    const { project, index, one } = named;
    const places = referencesTo(index, one, params.context.includeDeclaration);
    return places.map((place) => locationOf(workspace, project, place));
  },
);
