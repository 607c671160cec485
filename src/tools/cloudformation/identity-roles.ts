import { type Placed, valuesAt } from "./places.ts";
import { resourcesOf, type Template } from "./template.ts";
import { namedBy } from "./values.ts";

/** The identity pool's name for a kind of caller, in the key `cognito-identity.amazonaws.com:amr`. */
export type Standing = "authenticated" | "unauthenticated";

/** The roles of the template that identity pools hand out, by logical id, and the kinds of caller that get them. */
export function identityRoles(template: Template): ReadonlyMap<string, ReadonlySet<Standing>> {
  const roles = new Map<string, Set<Standing>>();
  const add = (places: readonly Placed[], standing: Standing) => {
    for (const id of places.flatMap(({ value }) => namedBy(value))) {
      if (template.resources.get(id)?.type !== "AWS::IAM::Role") continue;
      roles.set(id, (roles.get(id) ?? new Set()).add(standing));
    }
  };
  for (const { properties } of resourcesOf(template, "AWS::Cognito::IdentityPoolRoleAttachment")) {
    add(valuesAt(properties, "Roles.authenticated"), "authenticated");
    add(valuesAt(properties, "Roles.unauthenticated"), "unauthenticated");
    add(valuesAt(properties, "RoleMappings.*.RulesConfiguration.Rules.*.RoleARN"), "authenticated");
  }
  for (const { properties } of resourcesOf(template, "AWS::Cognito::UserPoolGroup")) {
    add(valuesAt(properties, "RoleArn"), "authenticated");
  }
  return roles;
}
