import { everythingIn, type Placed, valuesAt } from "../../cloudformation/places.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { namesIn, spelled, textWith } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A secret that is readable for everyone who may look at the template, the stack or a function. */
export const plainSecret: TemplateCheck = {
  id: "plain-secret",
  summary:
    "a secret of an identity provider or app client as plain text in the template, the outputs or a variable",
  check,
};

/** Secret `ProviderDetails` (API reference of CreateIdentityProvider). */
const SECRET_DETAILS = ["client_secret", "private_key"];
const RESOLVED = /^\{\{resolve:(secretsmanager|ssm-secure):[^{}]*\}\}$/;

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPoolIdentityProvider")) {
    for (const { path } of SECRET_DETAILS.flatMap((key) =>
      valuesAt(properties, `ProviderDetails.${key}`),
    ).filter(({ value }) => !isResolved(value))) {
      yield {
        resource: id,
        property: path,
        message: "is in the template, where anyone who may read the stack can read it",
        fix: "keep it in Secrets Manager: `{{resolve:secretsmanager:NAME:SecretString:KEY}}`",
      };
    }
  }
  const shown = [
    ...resourcesOf(template, "AWS::Lambda::Function").flatMap(({ id, properties }) =>
      valuesAt(properties, "Environment.Variables.*").map((place) => ({
        id,
        place,
        where: "an environment variable",
      })),
    ),
    ...Object.entries(template.outputs).flatMap(([id, output]) =>
      valuesAt(output, "Value").map((place) => ({ id, place, where: "an output" })),
    ),
  ];
  for (const { id, place, where } of shown) {
    if (!revealsSecret(place)) continue;
    yield {
      resource: id,
      property: place.path,
      message: `shows a secret in ${where}, which the console prints in plain text`,
      fix: "read it where it is needed, from Secrets Manager",
    };
  }
}

/** In a written template of the stack, the framework's `Fn::Sub` may contain parameters. */
function isResolved(value: unknown): boolean {
  const text = textWith(value, () => "x");
  return text === undefined || RESOLVED.test(text);
}

function revealsSecret(place: Placed): boolean {
  return [...everythingIn(place)].some(({ value }) => {
    const resolves = spelled(value)?.includes("{{resolve:secretsmanager:") ?? false;
    return resolves || namesIn(value).some(({ attribute }) => attribute === "ClientSecret");
  });
}
