import type { AddressPolicy } from "../policy/policy.ts";
import { type Assignable, assignableGroups, type NotAssignable, type Profile } from "./assignable-groups.ts";
import { type GroupDirectory, untilAborted } from "./directory.ts";
import type { TrustedProviders } from "./trusted-providers.ts";

/** The dependencies of assigning groups. */
export interface AssignmentTools {
  readonly directory: GroupDirectory;
  readonly providers: TrustedProviders;
  /** Aborts when the time of this invocation is up. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** A group or marker that could not be written, or a user who could not be read. */
interface AssignmentFailure {
  readonly step: "read-user" | "add-to-group" | "write-marker";
  readonly group?: string;
  readonly error: unknown;
}

export interface Assignment {
  /** The groups that were added to the user, sorted. */
  readonly added: readonly string[];
  readonly failures: readonly AssignmentFailure[];
  readonly because?: NotAssignable | undefined;
}

/**
 * Adds a user to the groups that the `g3` rows give, once per user, and writes a marker. Safe to run several times and
 * concurrently: adding is idempotent, and the marker is written last and only after every group, so the next sign-in
 * completes an interrupted run.
 *
 * The event only shows whether there may be something to do; the stored user decides. AWS does not promise that an
 * event has attributes which the app client cannot read, and a hidden marker must not bring back groups that an
 * administrator removed.
 *
 * The result contains failures of the user pool.
 * @throws ClaimgateError `trigger_event_malformed` if an attribute of the event is not a string
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
