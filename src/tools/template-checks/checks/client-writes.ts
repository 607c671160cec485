import { textList } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** An attribute that decides something and that users could set themselves. */
export const clientWrites: TemplateCheck = {
  id: "client-writes",
  summary: "an app client that may write custom attributes, or that does not say what it may write",
  check,
};

/** Marks that post-confirmation gave a user groups; docs/triggers.md. */
const MARKER = "custom:claimgate_assigned";

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPoolClient")) {
    const property = "WriteAttributes";
    const { [property]: written } = properties;
    if (written === undefined) {
      const message =
        "is not set: users may write the standard attributes, and according to some reports the custom ones too";
      yield { resource: id, property, message, fix: "list what users may change: `[email, name, locale]`" };
      continue;
    }
    for (const attribute of textList(written).filter((name) => /^(custom|dev):/.test(name))) {
      yield {
        resource: id,
        property,
        message:
          attribute === MARKER
            ? `has \`${MARKER}\`: a user who clears it gets back groups that an administrator removed`
            : `has \`${attribute}\`: users could set it themselves, and so decide what depends on it`,
        fix: "leave it out; administrators and triggers write it without a client",
      };
    }
  }
}
