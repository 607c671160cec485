import { objectOf } from "../../../json.ts";
import { textList } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { namedBy } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";
import { directoryAttributes } from "./directory-attribute-writable.ts";
import { assigningPools } from "./marker-missing.ts";

/** An attribute that decides something and that users could set themselves. */
export const clientWrites: TemplateCheck = {
  id: "client-writes",
  summary: "an app client that may write custom attributes, or that does not say what it may write",
  check,
};

/** Whether a problem is about the mark of post-confirmation. */
export function mentionsMarker(message: string): boolean {
  return message.includes(MARKER);
}

/** The part of it that breaks what claimgate promises, whatever the service did before. */
export const markerWritable: TemplateCheck = {
  id: "client-writes",
  check: function* (template) {
    for (const problem of check(template)) if (mentionsMarker(problem.message)) yield problem;
  },
};

/**
 * The part of it that may break it: Amazon's reference of CreateUserPoolClient says that users may write the standard
 * attributes of such a client; others report that they may write custom ones.
 */
export const markerPerhapsWritable: TemplateCheck = {
  id: "client-writes",
  check: function* (template) {
    const pools = assigningPools(template);
    for (const problem of check(template)) {
      const properties = objectOf(template.resources.get(problem.resource)?.properties);
      const isAssigned = namedBy(properties["UserPoolId"]).some((id) => pools.has(id));
      if (isAssigned && properties["WriteAttributes"] === undefined) yield problem;
    }
  },
};

/** Marks that post-confirmation gave a user groups; docs/triggers.md. */
const MARKER = "custom:claimgate_assigned";

function* check(template: Template): Iterable<TemplateProblem> {
  // An identity provider writes these, which needs a client that may; another check says which client.
  const directories = directoryAttributes(template);
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
      if (directories.includes(attribute)) continue;
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
