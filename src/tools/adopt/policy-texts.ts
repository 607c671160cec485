import { quoteField } from "../../policy/csv.ts";
import { PUBLIC } from "../../policy/permission.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import { printable } from "../text/printable.ts";
import type { Grants } from "./grants.ts";

/** routes.csv */
export function routesFile({ permissions, open, elsewhere }: Grants): string {
  const rows = [
    ...[...permissions].map(([route, permission]) => rowOf("g2", route, permission)),
    ...(open.length === 0 ? [] : ["", "# These have no authorizer: anyone may call them."]),
    ...open.map((route) => rowOf("g2", route, PUBLIC)),
    ...(elsewhere.length === 0
      ? []
      : ["", "# Decided by another authorizer, which does not read this policy:"]),
    ...elsewhere.map(({ route, authorizer }) => printable(`#   ${route} (${authorizer})`)),
  ];
  return `# Which permission opens which route.
#
#   g2, ROUTE, PERMISSION     ROUTE as API Gateway spells it; any of its permissions suffices
#   g2, ROUTE, public         the route has no authorizer: anyone may call it
#
# A route without a row is always denied. The names of the permissions are a first guess from the paths:
# rename them here and in roles.csv. Several routes may share one.

${rows.join("\n").trim()}
`;
}

/** roles.csv */
export function rolesFile({ subjects, looking, changing }: Grants): string {
  const given = [...subjects].map(
    ([subject, permissions]) => `# ${describe(subject)}\n${allowed(subject, permissions)}`,
  );
  const reader =
    looking.length === 0 ? [] : [`# Readers look, and change nothing.\n${allowed("role:reader", looking)}`];
  const inherited = looking.length === 0 ? [] : ["g, role:admin, role:reader"];
  const admin =
    looking.length + changing.length === 0
      ? []
      : [
          ["# Administrators do everything that these routes can do.", ...inherited].join("\n") +
            (changing.length === 0 ? "" : `\n${allowed("role:admin", changing)}`),
        ];
  return `# What each subject may do.
#
#   p, WHO, PERMISSION, allow or deny, CONDITION (optional)
#   g, MEMBER, ROLE        MEMBER has everything that ROLE has
#
# A deny always wins. WHO is a role:, group:, user:, client: or scope:. Every signed-in user has
# role:authenticated, every machine role:machine. A condition compares a parameter of the route with a claim
# of the access token, so that users reach only what is theirs:
#
#   p, role:customer, users-orders:list, allow, {userId}=sub

${[...given, ...reader, ...admin].join("\n\n")}
`;
}

function describe(subject: Subject): string {
  if (subject === AUTHENTICATED)
    return "Every signed-in user. To narrow a row, replace its WHO by a group: or a role:.";
  if (subject === MACHINE) return "Every machine: app clients with client credentials.";
  return `Machines with the scope ${subject.slice("scope:".length)}.`;
}

function allowed(who: string, permissions: readonly string[]): string {
  return permissions.map((permission) => rowOf("p", who, permission, "allow")).join("\n");
}

/** groups.csv */
export function groupsFile({ looking, changing }: Grants): string {
  const rows = [
    ...(looking.length + changing.length === 0 ? [] : ["g, group:admins, role:admin"]),
    ...(looking.length === 0 ? [] : ["g, group:readers, role:reader"]),
  ];
  const end = rows.length === 0 ? "" : `\n${rows.join("\n")}\n`;
  return `# Who has which role.
#
#   g, group:NAME, role:NAME      members of the Cognito group have the role
#   g, client:NAME, role:NAME     the app client, by its name in serverless.yml; for machine-to-machine tokens only
#
# Removing a row takes effect with the next deployment, even for issued tokens.
${end}`;
}

/** sign-up.csv @param phones whether users of the pool can sign up by phone */
export function signUpFile(phones: boolean): string {
  return `# Who may sign up, and the groups of new users; read by the triggers of claimgate, if the pool has them.
#
#   p2, ADDRESS, allow or deny    *@domain, *@*.domain, an address, or * for every address; a deny always wins;
#                                 no match is a deny
#   p2, PHONE, allow or deny      +49* for the numbers that begin so, or +* for every number
#   g3, ADDRESS, group:NAME       applies only once the address or the number is verified; all matching rows apply
#
#   p2, *@example.com, allow
#   p2, +49*, allow               phone numbers of one country, where users sign up by phone
#   g3, *@example.com, group:readers

# As before: anyone whom the user pool lets sign up.
p2, *, allow
${phones ? "p2, +*, allow\n" : ""}`;
}

/** groups.yaml */
export function groupSettings({ looking, changing }: Grants): string {
  const admins =
    looking.length + changing.length === 0 ? "" : "\nadmins:\n  description: May do everything\n";
  const readers = looking.length === 0 ? "" : "\nreaders:\n  description: May look, and change nothing\n";
  return `# The Cognito groups of the policy, which \`group:\` of the CSV files names.
#
#   NAME:                  as in \`group:NAME\`
#     description: TEXT
#     precedence: NUMBER   decides whose IAM role a member of several groups gets; the lowest wins
${admins}${readers}`;
}

function rowOf(...fields: readonly string[]): string {
  return fields.map(quoteField).join(", ");
}
