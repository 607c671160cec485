import type { PolicyFile } from "../../../policy/compile.ts";
import { policyFile } from "../policy-file.ts";
import { printRefusal, type Refusal } from "../refusal.ts";
import type { ImportedRows } from "./imported-rows.ts";

/** The files of the policy, beside `model.conf`. A file that would have no row is not written. */
export function openApiTexts(
  { routes, grants, apps, named }: ImportedRows,
  left: readonly Refusal[],
): readonly PolicyFile[] {
  const reasons =
    left.length === 0 ? [] : ["", "# Not converted:", ...left.map((one) => `#   ${printRefusal(one)}`)];
  const hint =
    named.length === 0
      ? ""
      : "\n\nThe document does not say who holds its own permissions: give them in `p` rows.";
  return [
    {
      path: "routes.csv",
      text: policyFile(
        `Which permission opens which route, as the OpenAPI document has it.

  g2, ROUTE, PERMISSION     ROUTE as API Gateway spells it; any of its permissions suffices
  g2, ROUTE, public         the route has no authorizer: everyone may call it

A route without a row is always denied.${hint}`,
        [...routes, ...reasons],
      ),
    },
    ...(grants.length === 0
      ? []
      : [
          {
            path: "roles.csv",
            text: policyFile(
              `Who may do what. A group is a role of the document; a scope applies to machine tokens only.

  p, WHO, PERMISSION, allow`,
              grants,
            ),
          },
        ]),
    ...(apps.length === 0
      ? []
      : [
          {
            path: "apps.csv",
            text: policyFile(
              `What apps may do on behalf of their users: with the scope, if there is one. An app without a row may do nothing.

  p3, APP, PERMISSION, SCOPE (optional)`,
              apps,
            ),
          },
        ]),
  ];
}
