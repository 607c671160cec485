import { textList } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A secret of an app client that cannot keep it, or a missing secret where it is the only proof. */
export const clientSecret: TemplateCheck = {
  id: "client-secret",
  summary: "a client for people with a secret, or a client for machines without one",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPoolClient")) {
    const machine = textList(properties["AllowedOAuthFlows"]).includes("client_credentials");
    const secret = String(properties["GenerateSecret"] ?? false) === "true";
    if (machine === secret) continue;
    yield {
      resource: id,
      property: "GenerateSecret",
      message: machine
        ? "is not true, but Cognito gives client credentials only to a client with a secret"
        : "is true, but an app in a browser or on a phone cannot keep a secret",
      fix: "changing it replaces the client: create a second client, with another logical id",
    };
  }
}
