import { type JsonObject, objectOf, textOf } from "../../json.ts";
import { isProviderGroup } from "../access/named-subjects.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import { UNRESOLVED } from "../cloudformation/values.ts";
import type { BothSides } from "./both-sides.ts";
import { differencesFrom } from "./compare-values.ts";
import { type Comparison, comparisonsOn } from "./comparison.ts";

/** The groups of the policy are in the pool, as the template describes them, and no others. */
export function groupComparisons(sides: BothSides): Comparison[] {
  const { pool } = sides.deployment;
  if (!pool.read || pool.value === undefined) {
    return [comparisonsOn("groups").skipped("group-not-created", "there is no user pool to compare")];
  }
  const { groups } = pool.value;
  if (!groups.read) return [comparisonsOn("groups").unread("group-not-created", groups.why)];
  const deployed = new Map(groups.value.map((group) => [textOf(group["GroupName"]) ?? "", group]));
  const described = describedGroups(sides);
  const wanted = [...new Set([...sides.packaged.groups, ...described.keys()])].sort();
  return [
    ...wanted.map((name) => groupComparison(sides, name, described.get(name), deployed.get(name))),
    ...strangers(wanted, [...deployed.keys()]),
  ];
}

/** By name, as the template describes them, without values that are known only to AWS. */
function describedGroups({ packaged, resolve }: BothSides): ReadonlyMap<string, JsonObject> {
  return new Map(
    resourcesOf(packaged.template, "AWS::Cognito::UserPoolGroup").flatMap(({ properties }) => {
      const members = Object.entries(properties).map(([name, value]): [string, unknown] => [
        name,
        resolve(value),
      ]);
      const known = objectOf(Object.fromEntries(members.filter(([, value]) => value !== UNRESOLVED)));
      const name = textOf(known["GroupName"]);
      return name === undefined ? [] : [[name, known] as const];
    }),
  );
}

function groupComparison(
  { deploy }: BothSides,
  name: string,
  described: JsonObject | undefined,
  deployed: JsonObject | undefined,
): Comparison {
  const about = comparisonsOn("groups", name);
  if (deployed === undefined) {
    return about.wrong("fail", "group-not-created", {
      message: "the pool has no such group, so it cannot have members",
      fix: described === undefined ? "create it in the pool, which this stack does not own" : deploy,
    });
  }
  const { UserPoolId: _pool, ...wanted } = described ?? {};
  const [first] = differencesFrom(wanted, deployed);
  if (first === undefined) return about.ok("group-not-created", "the pool has it");
  return about.wrong("fail", "group-setting", {
    message: `its ${first.path} differs from the template`,
    found: first.found ?? null,
    expected: first.expected,
    fix: `it was changed by hand; ${deploy}`,
  });
}

/** Groups that the policy does not name grant nothing, and may be left over from a retired role. */
function strangers(wanted: readonly string[], deployed: readonly string[]): Comparison[] {
  return deployed
    .filter((name) => !wanted.includes(name) && !isProviderGroup(name))
    .sort()
    .map((name) =>
      comparisonsOn("groups", name).wrong("warn", "group-never-named", {
        message: "the pool has a group that the policy does not name: it grants nothing",
        fix: "name it in the policy, or delete it and its memberships when they are no longer needed",
      }),
    );
}
