import type { JsonObject } from "../../../json.ts";
import { resourcesIn, resourcesOf } from "../../cloudformation/template.ts";
import { type GroupRoles, groupRoles } from "./group-roles.ts";
import type { PlannedGroup } from "./planned-group.ts";

/**
 * The resources of the planned groups and of their generated IAM roles.
 *
 * A group that leaves the stack stays in the pool with its members. `RetainExceptOnCreate` instead of `Retain`: a
 * failed deployment removes the groups that it created, so that the next one can create them.
 *
 * @param pool the id of the user pool, as a value of the template
 * @throws RangeError if another resource has the logical name
 */
export function groupResources(
  groups: readonly PlannedGroup[],
  pool: unknown,
  resources: JsonObject,
): JsonObject {
  const roles = groupRoles(groups, resources);
  for (const { name, logicalName } of groups) {
    for (const made of [logicalName, ...(roles.made.has(name) ? [`${logicalName}Role`] : [])]) {
      if (!Object.hasOwn(resources, made)) continue;
      throw new RangeError(
        `the resource \`${made}\` has the logical name that claimgate generates for the group \`${name}\` of the policy; ` +
          "give the resource another name",
      );
    }
  }
  return {
    ...Object.fromEntries(groups.map((group) => [group.logicalName, groupResource(group, pool, roles)])),
    ...Object.fromEntries([...roles.made.values()].map(({ logicalName, role }) => [logicalName, role])),
  };
}

function groupResource({ name, settings }: PlannedGroup, pool: unknown, { arns }: GroupRoles): JsonObject {
  const { description, precedence } = settings ?? {};
  const arn = arns.get(name);
  return {
    Type: "AWS::Cognito::UserPoolGroup",
    DeletionPolicy: "RetainExceptOnCreate",
    UpdateReplacePolicy: "Retain",
    Properties: {
      UserPoolId: pool,
      GroupName: name,
      ...(description && { Description: description.text }),
      ...(precedence && { Precedence: precedence.number }),
      ...(arn !== undefined && { RoleArn: arn }),
    },
  };
}

/** The logical name of the policy's own pool; undefined if the stack has no pool of its own. */
export function poolOf(resources: JsonObject): string | undefined {
  const template = { resources: resourcesIn(resources) };
  const pools = resourcesOf(template, "AWS::Cognito::UserPool").map(({ id }) => id);
  return pools.includes("UserPool") ? "UserPool" : pools.length === 1 ? pools[0] : undefined;
}
