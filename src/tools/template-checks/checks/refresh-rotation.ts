import { valueAt } from "../../cloudformation/places.ts";
import { textList } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** Rotated refresh tokens together with the old flow, which does not rotate them: Cognito accepts only one. */
export const refreshRotation: TemplateCheck = {
  id: "refresh-rotation",
  summary: "refresh token rotation together with ALLOW_REFRESH_TOKEN_AUTH, which Cognito refuses",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPoolClient")) {
    if (valueAt(properties, "RefreshTokenRotation.Feature") !== "ENABLED") continue;
    if (!textList(properties["ExplicitAuthFlows"]).includes("ALLOW_REFRESH_TOKEN_AUTH")) continue;
    yield {
      resource: id,
      property: "ExplicitAuthFlows",
      message: "has ALLOW_REFRESH_TOKEN_AUTH while refresh tokens are rotated",
      fix: "leave it out: apps refresh with GetTokensFromRefreshToken or at /oauth2/token",
    };
  }
}
