import { parsePolicy } from "../../../policy/parse.ts";
import { groupsNamed } from "../../access/named-subjects.ts";
import type { Packaged } from "../../deployment/deployed-stage.ts";
import { readPolicyDirectory } from "../../machine/policy-files.ts";
import { publicRoutesOf } from "../../template-checks/public-routes.ts";

/** The groups and routes of the policy, from the rows that can be read. */
export function policyFacts(directory: string): Pick<Packaged, "groups" | "publicRoutes"> {
  const { rows } = parsePolicy(readPolicyDirectory(directory).rows);
  return {
    groups: new Set(Array.from(groupsNamed(rows), ({ name }) => name)),
    publicRoutes: publicRoutesOf(rows),
  };
}
