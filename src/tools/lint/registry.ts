import type { Rule } from "./rule.ts";
import { allowAlwaysDenied } from "./rules/allow-always-denied.ts";
import { allowEverything } from "./rules/allow-everything.ts";
import { conditionClaim } from "./rules/condition-claim.ts";
import { conditionClaimWritable } from "./rules/condition-claim-writable.ts";
import { conditionParameter } from "./rules/condition-parameter.ts";
import { denyWithoutAllow } from "./rules/deny-without-allow.ts";
import { groupNotListed } from "./rules/group-not-listed.ts";
import { groupRoleTied } from "./rules/group-role-tied.ts";
import { groupSettingsRefused } from "./rules/group-settings-refused.ts";
import { groupSettingsUnused } from "./rules/group-settings-unused.ts";
import { ignoreUnused } from "./rules/ignore-unused.ts";
import { inheritanceCycle } from "./rules/inheritance-cycle.ts";
import { inheritanceDepth } from "./rules/inheritance-depth.ts";
import { landingGroupWithoutRights } from "./rules/landing-group-without-rights.ts";
import { lookAlikeName } from "./rules/look-alike-name.ts";
import { mixedScriptName } from "./rules/mixed-script-name.ts";
import { needlessQuotes } from "./rules/needless-quotes.ts";
import { needlessWildcard } from "./rules/needless-wildcard.ts";
import { permissionWithoutRoute } from "./rules/permission-without-route.ts";
import { redundantRow } from "./rules/redundant-row.ts";
import { roleNeverGiven } from "./rules/role-never-given.ts";
import { roleWithoutRights } from "./rules/role-without-rights.ts";
import { routeWithoutHolder } from "./rules/route-without-holder.ts";
import { rowExpired } from "./rules/row-expired.ts";
import { rowNote } from "./rules/row-note.ts";
import { userRow } from "./rules/user-row.ts";
import { SERVICE_RULES } from "./service-rules.ts";

const POLICY_RULES: readonly Rule[] = [
  allowAlwaysDenied,
  allowEverything,
  conditionClaim,
  conditionClaimWritable,
  conditionParameter,
  denyWithoutAllow,
  groupNotListed,
  groupRoleTied,
  groupSettingsRefused,
  groupSettingsUnused,
  inheritanceCycle,
  inheritanceDepth,
  landingGroupWithoutRights,
  lookAlikeName,
  mixedScriptName,
  needlessQuotes,
  needlessWildcard,
  permissionWithoutRoute,
  redundantRow,
  roleNeverGiven,
  roleWithoutRights,
  routeWithoutHolder,
  ignoreUnused,
  rowExpired,
  rowNote,
  userRow,
];

/**
 * All rules that `lint` runs, sorted by name. What the loader reports itself is in `LOADER_RULES`.
 */
export const RULES: readonly Rule[] = [...POLICY_RULES, ...SERVICE_RULES].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);
