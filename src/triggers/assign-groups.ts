import type { AddressPolicy } from "../policy/policy.ts";
import { type Assignable, assignableGroups, type NotAssignable, type Profile } from "./assignable-groups.ts";
import { type GroupDirectory, untilAborted } from "./directory.ts";
import type { TrustedProviders } from "./trusted-providers.ts";

/** What assigning groups needs. */
export interface AssignmentTools {
  readonly directory: GroupDirectory;
  readonly providers: TrustedProviders;
  /** Aborts when the time of this invocation is up. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** A group, or the marker, that could not be written, or a user who could not be read. */
export interface AssignmentFailure {
  readonly step: "read-user" | "add-to-group" | "write-marker";
  readonly group?: string;
  readonly error: unknown;
}

export interface Assignment {
  /** The groups that the user is in now and was not before, sorted. */
  readonly added: readonly string[];
  readonly failures: readonly AssignmentFailure[];
  readonly because?: NotAssignable | undefined;
}

/**
 * Puts a user in the groups that the `g3` rows give, once in a lifetime, and marks that it is done. Safe to
 * run several times and at the same time: adding is idempotent, and the marker is written last and only when
 * every group is there, so a run that was cut short is made up for at the next sign-in.
 *
 * The event only says whether it is worth asking: what decides is the user as stored. AWS does not promise
 * that an event carries attributes which the app client cannot read, and a marker that is merely not shown
 * must not bring back groups that an administrator took away.
 *
 * Failures of the user pool are in the result.
 * @throws ClaimgateError `trigger_event_malformed` where an attribute of the event is not a text
 */
export async function assignGroups(
  policy: AddressPolicy,
  profile: Profile,
  tools: AssignmentTools,
): Promise<Assignment> {
  const told = assignableGroups(policy, tools.providers, profile);
  if (told.because !== undefined) return { added: [], failures: [], because: told.because };
  let stored: Assignable;
  try {
    stored = await assignableAsStored(policy, profile, tools);
  } catch (error) {
    return { added: [], failures: [{ step: "read-user", error }] };
  }
  if (stored.because !== undefined) return { added: [], failures: [], because: stored.because };
  const held = new Set(profile.groups);
  const { added, failures } = await addAll(
    profile,
    stored.groups.filter((group) => !held.has(group)),
    tools,
  );
  if (failures.length > 0) return { added, failures };
  try {
    const value = tools.now().toISOString();
    await untilAborted(tools.signal, () => tools.directory.writeMarker(profile, value, tools.signal));
  } catch (error) {
    return { added, failures: [{ step: "write-marker", error }] };
  }
  return { added, failures: [] };
}

async function assignableAsStored(
  policy: AddressPolicy,
  profile: Profile,
  { directory, providers, signal }: AssignmentTools,
): Promise<Assignable> {
  const { attributes, status } = await untilAborted(signal, () => directory.readUser(profile, signal));
  return assignableGroups(policy, providers, { ...profile, attributes, status });
}

async function addAll(
  profile: Profile,
  groups: readonly string[],
  { directory, signal }: AssignmentTools,
): Promise<{ added: string[]; failures: AssignmentFailure[] }> {
  const added: string[] = [];
  const failures: AssignmentFailure[] = [];
  const add = async (group: string): Promise<void> => {
    try {
      await untilAborted(signal, () => directory.addToGroup(profile, group, signal));
      added.push(group);
    } catch (error) {
      failures.push({ step: "add-to-group", group, error });
    }
  };
  await Promise.all(groups.map(add));
  return { added: added.sort(), failures };
}
