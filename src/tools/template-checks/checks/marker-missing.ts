import { objectOf } from "../../../json.ts";
import { functionBehind } from "../../cloudformation/functions.ts";
import { triggersOf } from "../../cloudformation/invocations.ts";
import { valuesAt } from "../../cloudformation/places.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A pool whose users cannot be marked as assigned: every assignment of groups fails, at each token again. */
export const markerMissing: TemplateCheck = {
  id: "marker-missing",
  summary: "a user pool without the attribute that post-confirmation writes",
  check,
};

/** Marks that post-confirmation gave a user groups; docs/triggers.md. */
const MARKER = /^(?:custom:)?claimgate_assigned$/;

const ASSIGNING = /\b(?:PostConfirmation|PreTokenGeneration)/;

/** The user pools whose triggers write the attribute. */
export function assigningPools(template: Template): ReadonlySet<string> {
  const assigning = triggersOf(template).filter(
    ({ property, functionName }) =>
      ASSIGNING.test(property) && isOfClaimgate(template, functionBehind(functionName)),
  );
  return new Set(assigning.map(({ resource }) => resource));
}

function* check(template: Template): Iterable<TemplateProblem> {
  const assigning = assigningPools(template);
  for (const pool of resourcesOf(template, "AWS::Cognito::UserPool")) {
    if (!assigning.has(pool.id)) continue;
    const attributes = valuesAt(pool.properties, "Schema.*").map(({ value }) => objectOf(value));
    const marker = attributes.find(({ Name: name }) => MARKER.test(String(name)));
    if (marker !== undefined && marker["Mutable"] !== false && marker["Mutable"] !== "false") continue;
    yield {
      resource: pool.id,
      property: "Schema",
      message:
        marker === undefined
          ? "has no attribute `claimgate_assigned`: users are given groups, but the mark of it cannot be written, so removed groups come back"
          : "makes `claimgate_assigned` immutable, so triggers cannot write it",
      fix: "add `{ Name: claimgate_assigned, AttributeDataType: String, Mutable: true }` to Schema",
    };
  }
}

/** The variables of a function that claimgate's handlers read, or that packaging wrote. */
function isOfClaimgate(template: Template, id: string): boolean {
  const { properties } = template.resources.get(id) ?? {};
  const variables = objectOf(objectOf(objectOf(properties)["Environment"])["Variables"]);
  return Object.keys(variables).some((name) => name.startsWith("CLAIMGATE_"));
}
