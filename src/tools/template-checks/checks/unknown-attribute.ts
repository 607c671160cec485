import { textOf } from "../../../json.ts";
import { type Placed, valueAt, valuesAt } from "../../cloudformation/places.ts";
import { type Resource, resourcesOf, type Template } from "../../cloudformation/template.ts";
import { namedBy } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** An attribute that the pool does not have: deploying the client or provider fails. */
export const unknownAttribute: TemplateCheck = {
  id: "unknown-attribute",
  summary: "a client or identity provider that names a custom attribute which the pool does not have",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  const users = resourcesOf(
    template,
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolIdentityProvider",
  );
  for (const resource of users) {
    const [poolId = ""] = namedBy(resource.properties["UserPoolId"]);
    const pool = template.resources.get(poolId);
    if (pool === undefined) continue;
    const known = customAttributesOf(pool);
    for (const { path, value } of attributesOf(resource)) {
      if (typeof value !== "string" || !value.startsWith("custom:") || known.has(value)) continue;
      yield {
        resource: resource.id,
        property: path,
        message: `names \`${value}\`, which the Schema of \`${poolId}\` does not have`,
        fix: `add \`${value.slice("custom:".length)}\` to the Schema; it can never be removed again`,
      };
    }
  }
}

function customAttributesOf({ properties }: Resource): ReadonlySet<string> {
  const names = valuesAt(properties, "Schema.*.Name").map(({ value }) => textOf(value) ?? "");
  return new Set(names.map((name) => (name.startsWith("custom:") ? name : `custom:${name}`)));
}

function attributesOf({ properties }: Resource): readonly Placed[] {
  // In a mapping the pool's attribute is the key.
  const mapping = valueAt(properties, "AttributeMapping") ?? {};
  const keys = Object.keys(mapping).map((name) => ({ path: `AttributeMapping.${name}`, value: name }));
  return [
    ...["ReadAttributes.*", "WriteAttributes.*"].flatMap((path) => valuesAt(properties, path)),
    ...keys,
  ];
}
