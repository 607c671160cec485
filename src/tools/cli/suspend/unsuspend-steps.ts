import { rememberedBy } from "../../deployment/aws/pool-users.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { Step } from "./steps.ts";
import { done, noGroup, revocationList, type Suspension } from "./suspend-steps.ts";
import { SUSPENDED, type SuspensionArguments, type SuspensionTarget } from "./suspension-target.ts";

/**
 * The steps of `unsuspend`, in reverse: the account is enabled last, and only after every other step. The entry of the
 * revocation list stays: it concerns only older tokens and expires by itself.
 */
export function unsuspendSteps(
  { target, users, user }: Suspension,
  options: SuspensionArguments,
): readonly Step[] {
  const { userName } = user;
  const { group = SUSPENDED } = options;
  return [
    {
      step: "group",
      plan: `the user is not in the group ${group}`,
      take: async () => {
        if (await users.removeFromGroup(userName, group)) return undefined;
        if (options.group === undefined) return noGroup(group);
        throw new CommandError("group_missing", noGroup(group), { fix: "name a group of the pool" });
      },
    },
    forgetStep(target, rememberedBy(user)),
    {
      step: "enable",
      plan: "the user can sign in",
      needsAll: true,
      take: done(() => users.enable(userName)),
    },
  ];
}

/** Removes the records, so that the address and the number may sign up; also those of a deleted user. */
export function forgetStep(target: SuspensionTarget, names: readonly string[]): Step {
  return {
    step: "record",
    plan: "sign-up accepts the address, the phone number and the provider's id again, if the policy allows it",
    skip:
      target.table === undefined
        ? "the stage has no revocation list, so there is no record to remove"
        : undefined,
    take: done(() => revocationList(target).deleteSuspensions(target.userPoolId, names)),
  };
}
