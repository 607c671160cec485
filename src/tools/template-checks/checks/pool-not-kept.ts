import { isRetained, resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateContext, TemplateProblem } from "../template-check.ts";

/** A stage whose users must survive, with a pool that does not. */
export const poolNotKept: TemplateCheck = {
  id: "pool-not-kept",
  summary: "a user pool of a stage like prod that is deleted with its stack or replaced with it",
  check,
};

function* check(template: Template, { keepsUsers }: TemplateContext): Iterable<TemplateProblem> {
  if (!keepsUsers) return;
  for (const pool of resourcesOf(template, "AWS::Cognito::UserPool")) {
    const { id, properties, updateReplacePolicy } = pool;
    if (properties["DeletionProtection"] !== "ACTIVE") {
      yield {
        resource: id,
        property: "DeletionProtection",
        message: "is not ACTIVE, so one call deletes all users",
        fix: "write `DeletionProtection: ACTIVE` in its Properties",
      };
    }
    const message = "is not Retain, so the pool is deleted when";
    if (!isRetained(pool)) {
      const property = "DeletionPolicy";
      const fix = "write `DeletionPolicy: Retain` beside the Type";
      yield { resource: id, property, message: `${message} the stack is`, fix };
    }
    if (updateReplacePolicy !== "Retain") {
      const property = "UpdateReplacePolicy";
      const fix = "write `UpdateReplacePolicy: Retain` beside the Type";
      yield { resource: id, property, message: `${message} an update replaces it`, fix };
    }
  }
}
