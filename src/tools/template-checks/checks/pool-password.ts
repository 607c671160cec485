import { valueAt } from "../../cloudformation/places.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** Passwords that can be guessed. */
export const poolPassword: TemplateCheck = {
  id: "pool-password",
  summary: `a user pool that accepts passwords shorter than 8 characters`,
  check,
};

/** NIST SP 800-63B, section 5.1.1.2, and the default of Cognito, which allows 6. */
const SHORTEST = 8;
const PROPERTY = "Policies.PasswordPolicy.MinimumLength";

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPool")) {
    const length = valueAt(properties, PROPERTY);
    if (length === undefined || !(Number(length) < SHORTEST)) continue;
    yield {
      resource: id,
      property: PROPERTY,
      message: `is ${String(length)}: passwords of fewer than ${SHORTEST} characters can be guessed`,
      fix: `set it to at least ${SHORTEST}`,
    };
  }
}
