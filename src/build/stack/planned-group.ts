import type { GroupSettings } from "../../analysis/groups-file.ts";
import { policyGroups } from "../../analysis/named-subjects.ts";
import { type JsonObject, textOf } from "../../json.ts";
import type { Row } from "../../policy/row.ts";
import { groupLogicalName } from "./logical-name.ts";
import { entriesOfType } from "./resources.ts";

/** A group that the stack creates because the policy names it. */
export interface PlannedGroup {
  readonly name: string;
  readonly logicalName: string;
  readonly settings: GroupSettings | undefined;
}

/** Every group that the policy names and the resources do not have yet, sorted by name. */
export function planGroups(
  rows: readonly Row[],
  settings: readonly GroupSettings[],
  resources: JsonObject,
): readonly PlannedGroup[] {
  const written = entriesOfType(resources, "AWS::Cognito::UserPoolGroup").map(([, { properties }]) =>
    textOf(properties["GroupName"]),
  );
  return [...policyGroups(rows).keys()]
    .filter((name) => !written.includes(name))
    .sort()
    .map((name) => ({
      name,
      logicalName: groupLogicalName(name),
      settings: settings.find((one) => one.name === name),
    }));
}
