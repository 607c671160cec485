import { DefinitionRequest } from "vscode-languageserver";
import { feature } from "../feature.ts";
import { locationsOf, nameAt, namedBySharing } from "../named-place.ts";
import { definitionsOf } from "../names/lookup.ts";
import type { Occurrence } from "../names/name.ts";

/** From a name to where it is defined. */
export const definition = feature(
  DefinitionRequest.type,
  { definitionProvider: true },
  (workspace, params) => {
    const named = nameAt(workspace, params);
    if (named === undefined) return null;
    const found = namedBySharing(workspace, named, "open").map(
      ({ project, index, one }) => [project, definitionsOf(index, one)] as const,
    );
    // A service that does not define it has only the next best place.
    const best = Math.min(...found.flatMap(([, places]) => places.map(rankOf)));
    return locationsOf(
      workspace,
      found.map(([project, places]) => [project, places.filter((place) => rankOf(place) === best)]),
    );
  },
);

const rankOf = ({ defines = Number.POSITIVE_INFINITY }: Occurrence) => defines;
