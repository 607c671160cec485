import { rememberedBy } from "../../deployment/aws/pool-users.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { Step } from "./steps.ts";
import { done, noGroup, revocationList, type Suspension } from "./suspend-steps.ts";
import { SUSPENDED, type SuspensionArguments, type SuspensionTarget } from "./suspension-target.ts";

/**
 * What `unsuspend` does: the reverse, so that the account is enabled last, and only where everything before was done.
 * The entry of the revocation list is left: it is about tokens that were issued before, and forgets itself.
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

/** Takes the records back, so that the address may sign up; also those of a user who was deleted. */
export function forgetStep(target: SuspensionTarget, names: readonly string[]): Step {
  return {
    step: "record",
    plan: "sign-up decides about the address and the provider's id again",
    skip:
      target.table === undefined
        ? "there is no revocation list, so there is no record to take back"
        : undefined,
    take: done(() => revocationList(target).deleteSuspensions(target.userPoolId, names)),
  };
}
