import { valuesAt } from "../../cloudformation/places.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { VALUES } from "../property-values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A value that AWS refuses minutes into a deployment although its published schemas allow it. */
export const propertyValue: TemplateCheck = {
  id: "property-value",
  summary: "a value that AWS refuses although its published resource schemas allow it",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { type, path, expected, holds } of VALUES) {
    for (const { id, properties } of resourcesOf(template, type)) {
      for (const { path: property, value } of valuesAt(properties, path)) {
        // AWS checks the values that it fills in.
        if (isFilledIn(value) || holds(value)) continue;
        const message = `is ${shown(value)}; expected ${expected}`;
        yield { resource: id, property, message, fix: `write ${expected}` };
      }
    }
  }
}

function isFilledIn(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return Array.isArray(value) ? `a list of ${value.length}` : `\`${String(value)}\``;
}
