import { isRetained, resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A group that is deleted with its last row in the policy, together with its memberships. */
export const groupNotRetained: TemplateCheck = {
  id: "group-not-retained",
  summary: "a group that CloudFormation deletes, with all memberships, when it leaves the template",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const group of resourcesOf(template, "AWS::Cognito::UserPoolGroup")) {
    if (isRetained(group)) continue;
    yield {
      resource: group.id,
      property: "DeletionPolicy",
      message: "is not Retain: a group that leaves the template is deleted, and its list of members is lost",
      fix: "write `DeletionPolicy: Retain` beside the Type",
    };
  }
}
