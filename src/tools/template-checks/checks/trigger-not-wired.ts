import { objectOf } from "../../../json.ts";
import { functionBehind } from "../../cloudformation/functions.ts";
import { permissionsOf, triggersOf } from "../../cloudformation/invocations.ts";
import { type Resource, resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A trigger that the stack deploys and its pool never calls. */
export const triggerNotWired: TemplateCheck = {
  id: "trigger-not-wired",
  summary: "a trigger function that the user pool of the template does not call",
  check,
};

/** Only triggers read these. */
const TRIGGER_VARIABLES = [
  "CLAIMGATE_AUTO_CONFIRM",
  "CLAIMGATE_LINK_FEDERATED_USERS",
  "CLAIMGATE_SUBJECT_ATTRIBUTES",
  "CLAIMGATE_HEAL_GROUPS",
  "CLAIMGATE_SCOPE_PREFIX",
  "CLAIMGATE_COPIED_CLAIMS",
  "CLAIMGATE_TOKEN_BUDGET",
];

function* check(template: Template): Iterable<TemplateProblem> {
  const pools = resourcesOf(template, "AWS::Cognito::UserPool").map(({ id }) => id);
  // A pool of another stack has its own settings.
  const [pool] = pools;
  if (pool === undefined) return;
  const called = new Set(triggersOf(template).map(({ functionName }) => functionBehind(functionName)));
  const permitted = permissionsOf(template)
    .filter(({ principal }) => principal === "cognito-idp.amazonaws.com")
    .filter(({ sources }) => sources === undefined || sources.some((id) => pools.includes(id)))
    .map(({ functionName }) => functionBehind(functionName ?? ""));
  for (const fn of resourcesOf(template, "AWS::Lambda::Function")) {
    if (called.has(fn.id) || !(permitted.includes(fn.id) || hasTriggerVariable(fn))) continue;
    yield {
      resource: fn.id,
      property: "",
      message: `is a trigger, but the LambdaConfig of \`${pools.join("`, `")}\` does not name it, so it never runs`,
      fix: `add it to LambdaConfig of \`${pool}\`, or, with the plugin claimgate/serverless, list it in \`custom.claimgate.triggers\``,
    };
  }
}

function hasTriggerVariable({ properties }: Resource): boolean {
  const variables = objectOf(objectOf(properties["Environment"])["Variables"]);
  return TRIGGER_VARIABLES.some((name) => variables[name] !== undefined);
}
