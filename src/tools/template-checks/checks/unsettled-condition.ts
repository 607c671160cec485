import { intrinsicIn } from "../../cloudformation/intrinsics.ts";
import { everythingIn } from "../../cloudformation/places.ts";
import type { Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A template with conditions that only AWS can evaluate: they decide what is deployed. */
export const unsettledCondition: TemplateCheck = {
  id: "unsettled-condition",
  summary: "a condition that packaging could not settle, so that it is unknown what will be deployed",
  check,
};

function* check({ resources, conditions, outputs }: Template): Iterable<TemplateProblem> {
  const fix = "let a parameter of the stage decide before packaging, so that the template needs no condition";
  for (const name of Object.keys(conditions)) {
    yield { resource: "Conditions", property: name, message: "is left for AWS to evaluate", fix };
  }
  for (const { id, condition, properties } of resources.values()) {
    if (condition !== undefined) {
      yield { resource: id, property: "", message: `exists only if \`${condition}\` is true`, fix };
    }
    yield* choices(id, properties);
  }
  for (const [id, output] of Object.entries(outputs)) yield* choices(id, output);

  function* choices(id: string, root: unknown): Iterable<TemplateProblem> {
    for (const { path, value } of everythingIn({ path: "", value: root })) {
      if (intrinsicIn(value)?.kind !== "choice") continue;
      yield { resource: id, property: path, message: "depends on a condition", fix };
    }
  }
}
