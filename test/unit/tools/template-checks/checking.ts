import { printPlace } from "../../../../src/tools/findings/place.ts";
import { checkTemplate } from "../../../../src/tools/template-checks/check-template.ts";
import type { TemplateContext } from "../../../../src/tools/template-checks/template-check.ts";

type Json = Readonly<Record<string, unknown>>;

const CONTEXT: TemplateContext = { publicRoutes: new Set(["GET /health"]), keepsUsers: false };

/**
 * What one check finds in a template, as `Resource.property: message`.
 *
 * @param template resources alone, or a whole template
 */
export function foundBy(
  check: string,
  template: Json,
  context: Partial<TemplateContext> = {},
): readonly string[] {
  const whole = "Resources" in template ? template : { Resources: template };
  return checkTemplate(whole, { ...CONTEXT, ...context })
    .findings.filter(({ id }) => id === check)
    .map(({ place, message }) => `${printPlace(place)}: ${message}`);
}

/** A resource; `rest` stands beside its properties. */
export function resource(type: string, properties: Json, rest: Json = {}): Json {
  return { Type: `AWS::${type}`, Properties: properties, ...rest };
}

export function userPool(properties: Json = {}, rest: Json = {}): Json {
  return resource("Cognito::UserPool", properties, rest);
}

/** An app client of the pool `Pool`. */
export function appClient(properties: Json, rest: Json = {}): Json {
  return resource("Cognito::UserPoolClient", { UserPoolId: { Ref: "Pool" }, ...properties }, rest);
}

export function lambda(properties: Json = {}, rest: Json = {}): Json {
  return resource("Lambda::Function", { FunctionName: "f", ...properties }, rest);
}

export const ref = (id: string) => ({ Ref: id });
export const arn = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });
/** The URI by which API Gateway calls a function. */
export const uri = (id: string) => ({
  "Fn::Join": [
    "",
    [
      "arn:",
      ref("AWS::Partition"),
      ":apigateway:",
      ref("AWS::Region"),
      ":lambda:path/2015-03-31/functions/",
      arn(id),
      "/invocations",
    ],
  ],
});
