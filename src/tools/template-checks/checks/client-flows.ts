import { textList } from "../../cloudformation/statements.ts";
import { type Resource, resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** Flows of an app client that Cognito refuses together, or ignores. */
export const clientFlows: TemplateCheck = {
  id: "client-flows",
  summary: "flows of an app client that exclude each other or have no effect",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const client of resourcesOf(template, "AWS::Cognito::UserPoolClient")) yield* flowsOf(client);
}

function* flowsOf({ id, properties }: Resource): Iterable<TemplateProblem> {
  const oauth = textList(properties["AllowedOAuthFlows"]);
  if (oauth.includes("client_credentials") && oauth.length > 1) {
    yield {
      resource: id,
      property: "AllowedOAuthFlows",
      message: `has ${oauth.join(" and ")}; client_credentials cannot be combined with other flows`,
      fix: "create two app clients: one for people, one for machines",
    };
  }
  if (oauth.length > 0 && String(properties["AllowedOAuthFlowsUserPoolClient"]) !== "true") {
    yield {
      resource: id,
      property: "AllowedOAuthFlowsUserPoolClient",
      message: "is not true, so AllowedOAuthFlows and AllowedOAuthScopes have no effect",
      fix: "set it to true",
    };
  }
  const explicit = textList(properties["ExplicitAuthFlows"]);
  const legacy = explicit.filter((flow) => !flow.startsWith("ALLOW_"));
  if (legacy.length > 0 && legacy.length < explicit.length) {
    yield {
      resource: id,
      property: "ExplicitAuthFlows",
      message: `mixes the old spelling (${legacy.join(", ")}) with values that begin with ALLOW_`,
      fix: "use the ALLOW_ values only",
    };
  }
}
