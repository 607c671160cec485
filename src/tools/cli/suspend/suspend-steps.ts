import { type PoolUser, type PoolUsers, rememberedBy } from "../../deployment/aws/pool-users.ts";
import { createRevocationListWriter, revocationListEntry } from "../../deployment/aws/revocation-list.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { Step } from "./steps.ts";
import { SUSPENDED, type SuspensionArguments, type SuspensionTarget } from "./suspension-target.ts";

/** Who is suspended, and where. */
export interface Suspension {
  readonly target: SuspensionTarget;
  readonly users: PoolUsers;
  readonly user: PoolUser;
}

/**
 * The steps of `suspend`. Disables first: the user can then neither sign in nor refresh, nor delete the account and
 * sign up again with the address, nor undo any later step.
 */
export function suspendSteps(
  { target, users, user }: Suspension,
  options: SuspensionArguments,
): readonly Step[] {
  const { userName, sub } = user;
  const { group = SUSPENDED } = options;
  const { table } = target;
  const deletion: Step = {
    step: "delete",
    plan: "the user is deleted; sign-up refuses the address, the phone number and the provider's id",
    needsAll: true,
    take: done(() => users.delete(userName)),
  };
  return [
    {
      step: "disable",
      plan: "the user can neither sign in nor refresh nor delete the account; its address and number stay taken",
      take: done(() => users.disable(userName)),
    },
    { step: "sign-out", plan: "refresh tokens no longer work", take: done(() => users.signOut(userName)) },
    {
      step: "revoke",
      plan: "access tokens issued until now are refused",
      skip: target.table === undefined ? NO_REVOCATION_LIST : undefined,
      take: done(() => revoke(target, sub)),
    },
    {
      step: "group",
      plan: `the user is in the group ${group}`,
      take: async () => {
        if (await users.addToGroup(userName, group)) return undefined;
        if (options.group === undefined) return noGroup(group);
        throw new CommandError("group_missing", noGroup(group), { fix: "name a group of the pool" });
      },
    },
    {
      step: "record",
      plan: "sign-up refuses the address, the phone number and the provider's id, even after the user is deleted",
      skip: table === undefined ? NO_RECORDS : undefined,
      take: done(() =>
        revocationList(target).putSuspensions(
          target.userPoolId,
          rememberedBy(user),
          new Date().toISOString(),
        ),
      ),
    },
    ...(options.delete === true ? [deletion] : []),
  ];
}

/** A step that always has something to do. */
export function done(act: () => Promise<unknown>): Step["take"] {
  return async () => {
    await act();
    return undefined;
  };
}

export function noGroup(group: string): string {
  return `the pool has no group ${group}`;
}

const NO_REVOCATION_LIST =
  "the stage has no revocation list: issued access tokens stay valid until they expire (stage parameter `revocation`)";

const NO_RECORDS =
  "the stage has no revocation list: the disabled account blocks its address and number from sign-up, but the provider's id is not remembered, and nothing is after the user is deleted (stage parameter `revocation`)";

/** After the sign-out, so that the entry covers tokens refreshed meanwhile. */
async function revoke(target: SuspensionTarget, sub: string): Promise<void> {
  const { userPoolId } = target;
  await revocationList(target).put(revocationListEntry({ by: "sub", userPoolId, sub }, Date.now() / 1000, 0));
}

/** Set if the stage has a revocation list. */
export function revocationList({ region, table = "" }: SuspensionTarget) {
  return createRevocationListWriter(region, table);
}
