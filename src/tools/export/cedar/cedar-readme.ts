import { type CedarRequestShape, cedarKeys, cedarRequest } from "../../../policy/cedar-request.ts";
import { isPermissionPattern } from "../../../policy/permission.ts";
import { AUTHENTICATED, type Subject } from "../../../policy/subject.ts";
import { type TenantGroup, tenantGroup } from "../../../policy/tenant-group.ts";
import { counted } from "../../text/counted.ts";
import { code as markdownCode } from "../../text/markdown.ts";
import type { CedarExport } from "./export-cedar.ts";

/** How to load an export and how to ask, with a request of this policy. */
export function cedarReadme(exported: CedarExport): string {
  const { shape, policies, without, publicRoutes, otherRows } = exported;
  const sections = [
    "# The policy in Cedar",
    `\`claimgate export cedar\` wrote this directory from policy version ${shape.policyVersion}: ${policies.length} policies. Do not edit it: edit the CSV files and export again.`,
    "## Load it",
    "`cedarschema.json` is the schema in Cedar's JSON. Each file in `policies` is one policy; its annotations `@id` and `@row` name the row. `docs/to-cedar.md` of claimgate has the commands for Amazon Verified Permissions. Load a new version into a new policy store: a store that is changed policy by policy is a mix of two versions.",
    "## Ask",
    "`cedarRequest` of `claimgate/policy` makes these requests from a verified token and `request.json`. Without it, build them as follows. Leave out what is missing or is not a string: an empty value is a value.",
    table(["part", "is"], requestRows(shape)),
    "A route or permission that is not an action of the schema is denied; do not ask. A permission that no row names is asked as the first of its wildcards that is an action: `orders:*`, `*:read`, `*`.",
    `An example, with made-up values:\n\n\`\`\`json\n${JSON.stringify(example(shape), null, 2)}\n\`\`\``,
    "## What is not here",
    list([
      ...publicRoutes.map((route) => `${markdownCode(route)} is public: it has no authorizer.`),
      ...without.map(
        ({ row, file, line, reason }) =>
          `${markdownCode(row)} (${markdownCode(`${file}:${line}`)}): ${reason}.`,
      ),
      ...(otherRows === 0
        ? []
        : [
            `${counted(otherRows, "row")} about sign-up and directories: the triggers of claimgate decide by them.`,
          ]),
    ]),
  ];
  return `${sections.filter((one) => one !== "").join("\n\n")}\n`;
}

function requestRows(shape: CedarRequestShape): readonly (readonly [string, string])[] {
  const type = (name: string) => `\`${shape.namespace}::${name}\``;
  return [
    [
      "principal of a user",
      `${type("User")}, the \`sub\`; its parents are ${type("Group")}, the names in \`cognito:groups\`. With several pools, all of these begin with the pool alias and \`/\``,
    ],
    [
      "principal of a machine",
      `${type("Machine")}, the name of the app client; its parents are ${type("Client")}, that name, and ${type("Scope")}, each scope, which begins with the pool alias likewise`,
    ],
    ["action", `${type("Action")}, the route as the gateway spells it, or the permission`],
    ["resource", `${type("Api")}, \`api\``],
    ...shape.parameters.map((name): [string, string] => [
      markdownCode(`context["${cedarKeys.parameter(name)}"]`),
      `the path parameter ${markdownCode(name)}, decoded once`,
    ]),
    ...shape.claims.map((name): [string, string] => [
      markdownCode(`context["${cedarKeys.claim(name)}"]`),
      `the claim ${markdownCode(name)}, if it is a string`,
    ]),
    ...tenantGroupsOf(shape).map(({ member }): [string, string] => [
      markdownCode(`context["${member}"]`),
      "the set of what the placeholder is in groups of the user, `[A-Za-z0-9_-]+`; left out if it is empty",
    ]),
    ...[...new Set(tenantGroupsOf(shape).map(({ parameter }) => parameter))].map((name): [string, string] => [
      markdownCode(`context["${cedarKeys.tenant(name)}"]`),
      `the path parameter ${markdownCode(name)}, if all of it matches \`[A-Za-z0-9_-]+\``,
    ]),
    ...(shape.signInAge
      ? [
          [
            `\`context.${cedarKeys.signInAge}\``,
            "seconds since `auth_time` of a user, rounded up, at least 0; left out if `auth_time` is more than 60 seconds ahead",
          ] as const,
        ]
      : []),
    ...(shape.apps
      ? [
          [
            `\`context.${cedarKeys.client}\``,
            "the name of the app client that a user's token was issued to; left out for a machine",
          ] as const,
          [
            `\`context.${cedarKeys.scopes}\``,
            "the set of the scopes of that token; left out for a machine",
          ] as const,
        ]
      : []),
  ];
}

function tenantGroupsOf({ tenantGroups }: CedarRequestShape): readonly TenantGroup[] {
  return tenantGroups.flatMap((member) => tenantGroup(member as Subject) ?? []);
}

/** A request that the schema takes; its values are made up. */
function example(shape: CedarRequestShape) {
  const route = shape.actions.find((one) => !isPermissionPattern(one));
  const [permission = ""] = shape.actions;
  const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "a"]));
  const tenants = tenantGroupsOf(shape);
  const groups = tenants.map(
    ({ before, after }): Subject => `group:${before.slice("group:".length)}a${after}`,
  );
  return cedarRequest(shape, {
    ...(route === undefined ? { permission } : { route }),
    subjects: [AUTHENTICATED, "user:a", "group:staff", ...groups],
    parameters: named([...shape.parameters, ...tenants.map(({ parameter }) => parameter)]),
    claims: named(shape.claims),
    app: { client: "web", scopes: ["openid"] },
    authTime: 0,
    time: 60,
  });
}

function table(head: readonly [string, string], rows: readonly (readonly [string, string])[]): string {
  return [head, ["---", "---"], ...rows].map(([a, b]) => `| ${a} | ${b} |`).join("\n");
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? "Nothing is left out." : lines.map((line) => `- ${line}`).join("\n");
}
