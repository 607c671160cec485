import { textList } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** Tokens in the address bar, the browser history and every log on the way (RFC 9700 section 2.1.2). */
export const implicitFlow: TemplateCheck = {
  id: "implicit-flow",
  summary: "an app client that may use the implicit flow, which puts tokens in URLs",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPoolClient")) {
    if (!textList(properties["AllowedOAuthFlows"]).includes("implicit")) continue;
    yield {
      resource: id,
      property: "AllowedOAuthFlows",
      message: "has `implicit`, which puts tokens in the address of a page",
      fix: "use `code` alone; browsers use it with PKCE",
    };
  }
}
