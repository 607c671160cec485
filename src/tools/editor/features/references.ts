import { ReferencesRequest } from "vscode-languageserver";
import { feature } from "../feature.ts";
import { locationsOf, nameAt, namedBySharing } from "../named-place.ts";
import { referencesTo } from "../names/lookup.ts";

/** Everything that names the same, also in sources that are not open. */
export const references = feature(
  ReferencesRequest.type,
  { referencesProvider: true },
  (workspace, params) => {
    const named = nameAt(workspace, params);
    if (named === undefined) return null;
    const { includeDeclaration } = params.context;
    const all = namedBySharing(workspace, named, "all");
    return locationsOf(
      workspace,
      all.map(({ project, index, one }) => [project, referencesTo(index, one, includeDeclaration)]),
    );
  },
);
