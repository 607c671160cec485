import type { GroupConfig } from "../../cognito/config/pool-config.ts";
import { type PlannedGroup, planGroups } from "../../stack/from-policy/planned-group.ts";
import { readStackPolicy } from "../../stack/from-policy/read-stack-policy.ts";
import { LOCAL } from "../identifiers.ts";
import { loadEdited } from "../last-good-policy.ts";

/**
 * The groups that a deployment of this policy would create or update, as far as they are not what the packaged template
 * says already. A group that the policy no longer names is not among them: a deployment leaves it in the pool.
 *
 * @param packaged the groups of the template that the pool was built from
 * @throws PolicyError where the policy would not be deployed; what the file system throws
 */
export function groupsOfPolicy(directory: string, packaged: readonly GroupConfig[]): readonly GroupConfig[] {
  // What does not load is not in force, and its groups are not either.
  loadEdited(directory);
  const { rows, groups } = readStackPolicy(directory);
  const withRoles = packaged.some(({ roleArn }) => roleArn !== undefined);
  return planGroups(rows, groups, {})
    .filter(({ name, settings }) => settings !== undefined || !packaged.some((group) => group.name === name))
    .map((group) => ({
      name: group.name,
      description: group.settings?.description?.text,
      precedence: group.settings?.precedence?.number,
      // Without an identity pool no role is deployed.
      roleArn: withRoles ? roleArnOf(group) : undefined,
    }));
}

function roleArnOf({ logicalName, settings }: PlannedGroup): string | undefined {
  const role = settings?.role;
  if (role === undefined) return undefined;
  if (role.kind === "named" && role.text.startsWith("arn:")) return role.text;
  return `arn:aws:iam::${LOCAL.accountId}:role/${role.kind === "named" ? role.text : `${logicalName}Role`}`;
}
