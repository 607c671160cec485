import { groupsOfDirectory } from "../policy/directory-groups.ts";
import type { Policy } from "../policy/policy.ts";
import type { DirectoryProviders } from "./directory-providers.ts";
import { directoryValues } from "./directory-values.ts";
import type { UserAttributes } from "./events.ts";
import { linkedProviders } from "./identities.ts";
import { attributeOf } from "./read-event.ts";

/** A directory whose attribute counts for nothing. */
interface DirectoryProblem {
  readonly level: "warn" | "error";
  readonly provider: string;
  readonly problem: string;
}

/** What the directories of a user give. */
export interface DirectoryGroups {
  /** By their names in the pool, sorted. */
  readonly groups: readonly string[];
  readonly problems: readonly DirectoryProblem[];
}

/**
 * The groups that the `g4` rows give for the directory attributes of a user. An attribute counts only for the provider
 * that it is configured for, and only if the user's `identities` name that provider: otherwise somebody else wrote it.
 * It has the value of the last sign-in through that provider. Never throws.
 */
export function directoryGroups(
  policy: Pick<Policy, "directoryRows">,
  directories: DirectoryProviders = new Map(),
  attributes: UserAttributes | null | undefined,
  poolAlias: string | undefined,
): DirectoryGroups {
  const groups = new Set<string>();
  const problems: DirectoryProblem[] = [];
  if (policy.directoryRows.length === 0) return { groups: [], problems };
  for (const [provider, { attribute, form }] of directories) {
    const text = textOf(attributes, attribute);
    if (text === undefined) continue;
    if (text === "malformed") {
      problems.push({ level: "error", provider, problem: "malformed" });
      continue;
    }
    if (!signedInWith(attributes, provider)) {
      problems.push({ level: "warn", provider, problem: "not_linked" });
      continue;
    }
    const read = directoryValues(text.value, form);
    if ("problem" in read) problems.push({ level: "error", provider, problem: read.problem });
    else for (const group of groupsOfDirectory(policy, provider, read.values, poolAlias)) groups.add(group);
  }
  return { groups: [...groups].sort(), problems };
}

function textOf(
  attributes: UserAttributes | null | undefined,
  name: string,
): { readonly value: string } | "malformed" | undefined {
  try {
    const value = attributeOf(attributes, name);
    return value === undefined ? undefined : { value };
  } catch {
    return "malformed";
  }
}

/** Whether Cognito says so: `identities` is an attribute that no client can write. */
function signedInWith(attributes: UserAttributes | null | undefined, provider: string): boolean {
  const identities = textOf(attributes, "identities");
  if (identities === undefined || identities === "malformed") return false;
  const linked = linkedProviders(identities.value);
  return linked.includes(provider) && !linked.includes(undefined);
}
