import { groupBy } from "../../policy/group-by.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Subject } from "../../policy/subject.ts";

/** A group that `g4` rows fill. */
export interface DirectorySources {
  readonly group: Subject;
  /** The groups of directories whose members count as its members: `CorpSAML/Engineering`, sorted. */
  readonly sources: readonly string[];
}

/** The groups that `g4` rows fill, by name; empty if there are no such rows. */
export function directorySources({
  directoryRows,
}: Pick<Policy, "directoryRows">): readonly DirectorySources[] {
  const groups = groupBy(directoryRows, ({ group }): Subject => `group:${group}`);
  return [...groups]
    .map(([group, rows]) => ({ group, sources: [...new Set(rows.map(({ source }) => source))].sort() }))
    .sort((a, b) => (a.group < b.group ? -1 : 1));
}
