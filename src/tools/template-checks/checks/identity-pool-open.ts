import { valuesAt } from "../../cloudformation/places.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** An identity pool that gives more than its roles say, or gives credentials to users who have been signed out. */
export const identityPoolOpen: TemplateCheck = {
  id: "identity-pool-open",
  summary: "an identity pool with the classic flow, or that does not ask the user pool about a token",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::IdentityPool")) {
    if (String(properties["AllowClassicFlow"] ?? false) === "true") {
      yield {
        resource: id,
        property: "AllowClassicFlow",
        message: "lets the caller choose a role, and refuses role mappings",
        fix: "set it to false; GetCredentialsForIdentity needs no classic flow",
      };
    }
    for (const { path, value } of valuesAt(properties, "CognitoIdentityProviders.*")) {
      if (valuesAt(value, "ServerSideTokenCheck").some((flag) => String(flag.value) === "true")) continue;
      yield {
        resource: id,
        property: `${path}.ServerSideTokenCheck`,
        message: "is not true: a signed-out or deleted user still gets credentials until the token expires",
        fix: "set it to true",
      };
    }
  }
}
