import { textOf } from "../../../json.ts";
import { valuesAt } from "../../cloudformation/places.ts";
import { isMadeBefore } from "../../cloudformation/references.ts";
import { type Resource, resourcesOf, type Template } from "../../cloudformation/template.ts";
import { spelled } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** An app client that names scopes or providers that do not exist when it is created. */
export const clientNeeds: TemplateCheck = {
  id: "client-needs",
  summary: "an app client with a scope or provider that does not exist, or is not created before the client",
  check,
};

/** Amazon Cognito developer guide, "Scopes, M2M, and resource servers". */
const OWN_SCOPES = ["openid", "email", "profile", "phone", "aws.cognito.signin.user.admin"];

function* check(template: Template): Iterable<TemplateProblem> {
  const offers = [...scopesOf(template), ...providersOf(template)];
  const wanted = [
    { path: "AllowedOAuthScopes.*", own: OWN_SCOPES, what: "scope" },
    { path: "SupportedIdentityProviders.*", own: ["COGNITO"], what: "identity provider" },
  ];
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPoolClient")) {
    for (const { path, own, what } of wanted) {
      for (const { path: property, value } of valuesAt(properties, path)) {
        const name = spelled(value);
        if (name === undefined || own.includes(name)) continue;
        const offer = offers.find((one) => one.names.includes(name));
        if (offer !== undefined && isMadeBefore(template, offer.resource, id)) continue;
        yield {
          resource: id,
          property,
          message:
            offer === undefined
              ? `names the ${what} \`${name}\`, which the template does not create`
              : `names the ${what} \`${name}\`, but \`${offer.resource}\` may be created after the client`,
          fix:
            offer === undefined ? `use one that exists, or add it` : `add \`DependsOn: ${offer.resource}\``,
        };
      }
    }
  }
}

/** The scopes or providers that a resource offers to clients, in every spelling. */
interface Offer {
  readonly resource: string;
  readonly names: readonly string[];
}

function scopesOf(template: Template): readonly Offer[] {
  return resourcesOf(template, "AWS::Cognito::UserPoolResourceServer").map((server) => {
    const scopes = valuesAt(server.properties, "Scopes.*.ScopeName").map(({ value }) => textOf(value) ?? "");
    return {
      resource: server.id,
      names: namesOf(server, "Identifier").flatMap((name) => scopes.map((scope) => `${name}/${scope}`)),
    };
  });
}

function providersOf(template: Template): readonly Offer[] {
  return resourcesOf(template, "AWS::Cognito::UserPoolIdentityProvider").map((provider) => ({
    resource: provider.id,
    names: namesOf(provider, "ProviderName"),
  }));
}

/** `Ref` returns the value of the property. */
function namesOf({ id, properties }: Resource, property: string): readonly string[] {
  const name = spelled(properties[property]);
  return name === undefined ? [`\${${id}}`] : [`\${${id}}`, name];
}
