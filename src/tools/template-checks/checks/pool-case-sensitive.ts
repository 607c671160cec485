import { valueAt } from "../../cloudformation/places.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A pool in which `Bob@example.com` and `bob@example.com` are two users; this can never be changed. */
export const poolCaseSensitive: TemplateCheck = {
  id: "pool-case-sensitive",
  summary: "a user pool with case-sensitive names, which is CloudFormation's default",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPool")) {
    const sensitive = valueAt(properties, "UsernameConfiguration.CaseSensitive");
    if (String(sensitive) === "false") continue;
    yield {
      resource: id,
      property: "UsernameConfiguration.CaseSensitive",
      message:
        sensitive === undefined
          ? "is not set, which makes names case-sensitive; a pool keeps that for ever"
          : "makes names case-sensitive; a pool keeps that for ever",
      fix: "set it to false for a new pool; leave it for a deployed one, which the change would replace with all its users, and switch the finding off with that reason",
    };
  }
}
