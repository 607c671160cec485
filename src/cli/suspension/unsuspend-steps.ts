import { CommandError } from "../../runtime/command-error.ts";
import type { Step } from "./steps.ts";
import { done, noGroup, type Suspension } from "./suspend-steps.ts";
import { SUSPENDED, type SuspensionArguments } from "./suspension-target.ts";

/**
 * What `unsuspend` does: the reverse, so that the account is enabled last, and only where everything before was done.
 * The entry of the deny list is left: it is about tokens that were issued before, and forgets itself.
 */
export function unsuspendSteps(
  { users, user: { userName } }: Suspension,
  options: SuspensionArguments,
): readonly Step[] {
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
    {
      step: "enable",
      plan: "the user can sign in",
      needsAll: true,
      take: done(() => users.enable(userName)),
    },
  ];
}
