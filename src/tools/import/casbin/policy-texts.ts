import type { PolicyFile } from "../../../policy/compile.ts";
import { rowText } from "../../../policy/csv.ts";
import { policyFile } from "../policy-file.ts";
import { printRefusal, type Refusal } from "../refusal.ts";
import type { ConvertedLinks } from "./role-links.ts";
import type { RouteRow } from "./routes.ts";

interface Texts {
  readonly routes: readonly RouteRow[];
  readonly grants: readonly string[];
  readonly links: ConvertedLinks;
  readonly refused: readonly Refusal[];
}

/** The files of the policy, beside `model.conf`. */
export function policyTexts(texts: Texts): readonly PolicyFile[] {
  return [
    { path: "routes.csv", text: routesFile(texts) },
    { path: "roles.csv", text: rolesFile(texts) },
    { path: "groups.csv", text: groupsFile(texts) },
  ];
}

function routesFile({ routes }: Texts): string {
  return policyFile(
    `Which permission opens which route.

  g2, ROUTE, PERMISSION     ROUTE as API Gateway spells it; any of its permissions suffices

A route without a row is always denied. The names of the permissions come from the paths: rename them here
and in roles.csv.`,
    routes.map(({ route, permission }) => rowText("g2", [route, permission])),
  );
}

function rolesFile({ grants, links, refused }: Texts): string {
  const left = refused.map((one) => `#   ${printRefusal(one)}`);
  return policyFile(
    `What each subject may do.

  p, WHO, PERMISSION, allow or deny
  g, ROLE, ROLE             the first role has everything that the second has`,
    [...grants, ...section(links.roles), ...section(left.length === 0 ? [] : ["# Not converted:", ...left])],
  );
}

function groupsFile({ links }: Texts): string {
  return policyFile(
    `Who has which role.

  g, group:NAME, role:NAME  members of the Cognito group have the role`,
    links.callers,
  );
}

function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", ...lines];
}
