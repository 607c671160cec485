import { jsonIn, objectOf, textOf } from "../../../json.ts";
import { textList } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { textWith } from "../../cloudformation/values.ts";
import { waysAroundOAuth } from "../../cloudformation/ways-around-oauth.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** Users could write the groups of their directory themselves. */
export const directoryAttributeWritable: TemplateCheck = { id: "directory-attribute-writable", check };

function* check(template: Template): Iterable<TemplateProblem> {
  const attributes = directoryAttributes(template);
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPoolClient")) {
    const { WriteAttributes: written } = properties;
    const writable = attributes.filter((one) => written === undefined || textList(written).includes(one));
    const [way] = waysAroundOAuth(properties);
    if (way === undefined) continue;
    for (const attribute of writable) {
      yield {
        resource: id,
        property: "WriteAttributes",
        message: `lets users write \`${attribute}\`, and so give themselves groups of their directory: ${way}`,
        fix: "leave the attribute out, or let the client sign in over OAuth only",
      };
    }
  }
}

/** The attributes that pre-token-generation reads groups from. */
export function directoryAttributes(template: Template): readonly string[] {
  const values = resourcesOf(template, "AWS::Lambda::Function").flatMap(
    ({ properties }) =>
      objectOf(objectOf(properties["Environment"])["Variables"])["CLAIMGATE_DIRECTORIES"] ?? [],
  );
  const directories = values.flatMap((value) =>
    Object.values(objectOf(jsonIn(textWith(value, () => undefined) ?? ""))),
  );
  return [...new Set(directories.flatMap((one) => textOf(objectOf(one)["attribute"]) ?? []))];
}
