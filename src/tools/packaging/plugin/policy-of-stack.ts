import { printFindings } from "../../../policy/finding.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import { readStackPolicy, type StackPolicyReading } from "../../stack/from-policy/read-stack-policy.ts";
import { isLocalCommand, isPackagingCommand } from "../local-command.ts";
import { type Logging, PluginError } from "./framework.ts";

/**
 * The policy, for the parts of the stack that follow from it. Packaging must have all of it; other commands go on with
 * what can be read, and say what is missing.
 *
 * @throws PluginError if it cannot be read and the command packages
 */
export function policyOfStack(
  directory: string,
  commands: readonly string[],
  log: Logging["log"],
): Pick<StackPolicyReading, "rows" | "groups"> {
  try {
    const { rows, groups, unread } = readStackPolicy(directory);
    // The other commands lint the policy themselves and print all of it.
    if (!isPackagingCommand(commands) && !isLocalCommand(commands)) {
      for (const line of printFindings(unread)) log.warning(line);
    }
    return { rows, groups };
  } catch (error) {
    const cause = whyNotRead(error);
    if (isPackagingCommand(commands)) {
      throw new PluginError(
        "CLAIMGATE_POLICY_UNREADABLE",
        `the policy in ${directory} cannot be read: ${cause}`,
      );
    }
    log.warning(`the stack has no groups and scopes of the policy, which cannot be read: ${cause}`);
    return { rows: [], groups: [] };
  }
}
