import { valuesAt } from "../../cloudformation/places.ts";
import { textList } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A redirect address for codes that others can read, or that Cognito refuses. */
export const callbackUrl: TemplateCheck = {
  id: "callback-url",
  summary: "a callback or logout URL that uses http (except on localhost), has a fragment, or is missing",
  check,
};

/** API reference of CreateUserPoolClient, `CallbackURLs`: http only for these hosts, and for testing. */
const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPoolClient")) {
    const places = ["CallbackURLs.*", "LogoutURLs.*", "DefaultRedirectURI"].flatMap((path) =>
      valuesAt(properties, path),
    );
    for (const { path, value } of places) {
      const wrong = typeof value === "string" ? faultOf(value) : undefined;
      if (wrong === undefined) continue;
      yield {
        resource: id,
        property: path,
        message: `is \`${String(value)}\`, ${wrong}`,
        fix: "use https, or http://localhost for a stage that only developers use",
      };
    }
    const flows = textList(properties["AllowedOAuthFlows"]);
    const { CallbackURLs: urls } = properties;
    if (!flows.includes("code") && !flows.includes("implicit")) continue;
    if (urls !== undefined && !(Array.isArray(urls) && urls.length === 0)) continue;
    yield {
      resource: id,
      property: "CallbackURLs",
      message: "is empty: the code flow has nowhere to send the code",
      fix: "add the https address of the app",
    };
  }
}

function faultOf(text: string): string | undefined {
  if (text.startsWith("{{resolve:")) return undefined;
  if (!URL.canParse(text)) return "which is not an absolute URL";
  const { protocol, hostname, hash } = new URL(text);
  if (hash !== "" || text.endsWith("#")) return "which has a fragment";
  if (text.includes("*")) return "but Cognito supports no wildcards";
  if (protocol === "http:" && !THIS_MACHINE.includes(hostname))
    return "over http, so others can read the code";
  return undefined;
}
