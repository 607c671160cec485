import { functionBehind } from "../../cloudformation/functions.ts";
import { permissionsOf, triggersOf } from "../../cloudformation/invocations.ts";
import type { Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A trigger that still runs after Cognito has given up and called again. */
export const triggerTimeout: TemplateCheck = {
  id: "trigger-timeout",
  summary: "a Cognito trigger that may run longer than the 5 s that Cognito waits",
  check,
};

/** Amazon Cognito developer guide, "Customizing user pool workflows with Lambda triggers". */
const COGNITO_WAITS_S = 5;

function* check(template: Template): Iterable<TemplateProblem> {
  // The pool may be in another stack, which attaches the trigger itself: then the permission identifies it.
  const called = [
    ...triggersOf(template),
    ...permissionsOf(template).filter(({ principal }) => principal === "cognito-idp.amazonaws.com"),
  ];
  const triggers = new Set(called.map(({ functionName }) => functionBehind(functionName ?? "")));
  for (const id of triggers) {
    const { Timeout: timeout = 3 } = template.resources.get(id)?.properties ?? {};
    if (Number(timeout) <= COGNITO_WAITS_S) continue;
    yield {
      resource: id,
      property: "Timeout",
      message: `is ${String(timeout)} s, but Cognito waits ${COGNITO_WAITS_S} s and then calls again, up to three times`,
      fix: `set \`timeout: ${COGNITO_WAITS_S}\` for the function`,
    };
  }
}
