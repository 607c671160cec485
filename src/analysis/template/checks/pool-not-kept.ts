import type { TemplateCheck, TemplateContext, TemplateProblem } from "../check.ts";
import { resourcesOf, type Template } from "../template.ts";

/** A stage whose users must survive, and whose pool does not. */
export const poolNotKept: TemplateCheck = {
  name: "pool-not-kept",
  summary: "a user pool of a stage like prod that a deleted or replaced stack would take with it",
  check,
};

function* check(template: Template, { keepsUsers }: TemplateContext): Iterable<TemplateProblem> {
  if (!keepsUsers) return;
  for (const pool of resourcesOf(template, "AWS::Cognito::UserPool")) {
    const { id, properties, deletionPolicy, updateReplacePolicy } = pool;
    if (properties["DeletionProtection"] !== "ACTIVE") {
      yield {
        resource: id,
        property: "DeletionProtection",
        message: "is not ACTIVE, so one call deletes all users",
        fix: "set the parameter `deletionProtection` of this stage to ACTIVE",
      };
    }
    for (const [name, value] of Object.entries({ deletionPolicy, updateReplacePolicy })) {
      if (value === "Retain") continue;
      const key = name.charAt(0).toUpperCase() + name.slice(1);
      yield {
        resource: id,
        property: key,
        message: `is not Retain, so the pool goes when the stack ${key === "DeletionPolicy" ? "does" : "replaces it"}`,
        fix: `write \`${key}: Retain\` beside the Type`,
      };
    }
  }
}
