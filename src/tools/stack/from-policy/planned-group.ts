import { type JsonObject, textOf } from "../../../json.ts";
import type { Row } from "../../../policy/row.ts";
import { ownName } from "../../../policy/subject.ts";
import { isProviderGroup, policyGroups } from "../../access/named-subjects.ts";
import { groupLogicalName } from "../../cloudformation/logical-names.ts";
import { resourcesIn, resourcesOf } from "../../cloudformation/template.ts";
import type { GroupSettings } from "../../lint/groups-file.ts";

/** A group that the stack creates because the policy names it. */
export interface PlannedGroup {
  readonly name: string;
  readonly logicalName: string;
  readonly settings: GroupSettings | undefined;
}

/**
 * Every group that the policy names and the resources do not have yet, sorted by name.
 *
 * @param poolAlias undefined if there is one pool. Groups of other pools are not created, and `groups.yaml` names
 * groups as the policy does
 */
export function planGroups(
  rows: readonly Row[],
  settings: readonly GroupSettings[],
  resources: JsonObject,
  poolAlias?: string,
): readonly PlannedGroup[] {
  const template = { resources: resourcesIn(resources) };
  const written = resourcesOf(template, "AWS::Cognito::UserPoolGroup").map(({ properties }) =>
    textOf(properties["GroupName"]),
  );
  return [...policyGroups(rows).keys()]
    .flatMap((named) => {
      const name = ownName(poolAlias, named);
      return name === undefined || isProviderGroup(name) ? [] : [{ named, name }];
    })
    .filter(({ name }) => !written.includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ named, name }) => ({
      name,
      logicalName: groupLogicalName(name),
      settings: settings.find((one) => one.name === named),
    }));
}
