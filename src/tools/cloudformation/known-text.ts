import type { Template } from "./template.ts";
import { textWith } from "./values.ts";

/** The property whose value `Ref` of these resources returns (CloudFormation template reference, "Return values"). */
const REF_GIVES: Readonly<Record<string, string>> = {
  "AWS::ApiGatewayV2::DomainName": "DomainName",
  "AWS::Cognito::UserPoolGroup": "GroupName",
  "AWS::Cognito::UserPoolResourceServer": "Identifier",
};

/** CloudFormation refuses longer chains of references. */
const DEEPEST = 4;

/**
 * The string of a value if it is certain before deployment: literals, and `Ref` of a resource that is named by one of
 * its properties. Undefined for everything else.
 */
export function knownText(
  template: Pick<Template, "resources">,
  value: unknown,
  depth = 0,
): string | undefined {
  if (depth > DEEPEST) return undefined;
  return textWith(value, ({ id, attribute }) => {
    const resource = template.resources.get(id);
    const property = attribute === undefined ? REF_GIVES[resource?.type ?? ""] : undefined;
    return property === undefined
      ? undefined
      : knownText(template, resource?.properties[property], depth + 1);
  });
}
