import { objectOf, textOf } from "../../../json.ts";
import { valueAt } from "../../cloudformation/places.ts";
import { type Resource, resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A pre-token-generation trigger of a version that ignores what the function is configured to add. */
export const accessTokenUnchanged: TemplateCheck = {
  id: "access-token-unchanged",
  summary: "a version of pre-token-generation that cannot change access tokens, though variables ask for it",
  check,
};

/** What the function adds to access tokens. */
const ADDED = ["CLAIMGATE_COPIED_CLAIMS", "CLAIMGATE_SCOPE_PREFIX"];

function* check(template: Template): Iterable<TemplateProblem> {
  const added = ADDED.filter((variable) =>
    resourcesOf(template, "AWS::Lambda::Function").some((one) => isSet(one, variable)),
  );
  if (added.length === 0) return;
  for (const { resource, property } of oldVersionsIn(template)) {
    const variables = added.map((name) => `\`${name}\``).join(" and ");
    yield {
      resource,
      property,
      message: `is V1_0, which cannot change access tokens: ${variables} would have no effect`,
      fix: "write V2_0, or V3_0 for the tokens of machines too",
    };
  }
}

function isSet({ properties }: Resource, variable: string): boolean {
  const value = valueAt(properties, `Environment.Variables.${variable}`);
  return value !== undefined && value !== "" && value !== "{}";
}

type Place = Pick<TemplateProblem, "resource" | "property">;

function* oldVersionsIn(template: Template): Iterable<Place> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPool")) {
    const property = "LambdaConfig.PreTokenGenerationConfig.LambdaVersion";
    const version = valueAt(properties, property);
    if (version === "V1_0") yield { resource: id, property };
    // Without a version the trigger is V1_0 (CloudFormation, `LambdaConfig` of a user pool).
    const alone = "LambdaConfig.PreTokenGeneration";
    if (version === undefined && valueAt(properties, alone) !== undefined) {
      yield { resource: id, property: alone };
    }
  }
  // `claimgate attach` sets this version in an existing pool.
  const output = "PreTokenGenerationVersion";
  if (textOf(objectOf(template.outputs[output])["Value"]) === "V1_0") {
    yield { resource: output, property: "Value" };
  }
}
