import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/**
 * Sign-in by address instead of a user name, and sign-in by address in addition to one: a pool supports only one.
 */
export const poolSignInOptions: TemplateCheck = {
  id: "pool-sign-in-options",
  summary: "a user pool with `UsernameAttributes` and `AliasAttributes`, which exclude each other",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPool")) {
    if (properties["UsernameAttributes"] === undefined || properties["AliasAttributes"] === undefined)
      continue;
    yield {
      resource: id,
      property: "AliasAttributes",
      message: "cannot be combined with UsernameAttributes; Cognito accepts one of the two",
      fix: "keep UsernameAttributes: people sign in with their address and need no other name",
    };
  }
}
