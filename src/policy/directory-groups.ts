import { splitDirectoryValue } from "./directory-value.ts";
import type { Policy } from "./policy.ts";
import { ownName } from "./subject.ts";

/**
 * The groups that the `g4` rows give to a user whose directory sent these values, without `group:` and pool alias,
 * sorted. Callers must pass only values that the provider itself wrote, since these rows grant access. Values are
 * compared exactly.
 *
 * @param poolAlias what rows about this pool begin with, where there are several pools
 */
export function groupsOfDirectory(
  { directoryRows }: Pick<Policy, "directoryRows">,
  provider: string,
  values: readonly string[],
  poolAlias?: string,
): readonly string[] {
  const sent = new Set(values);
  const groups = new Set<string>();
  for (const row of directoryRows) {
    const source = ownName(poolAlias, row.source);
    const group = ownName(poolAlias, row.group);
    const named = source === undefined ? undefined : splitDirectoryValue(source);
    if (group !== undefined && named?.provider === provider && sent.has(named.value)) groups.add(group);
  }
  return [...groups].sort();
}
