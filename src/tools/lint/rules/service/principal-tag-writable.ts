import { mayWrite } from "../../../service/service.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** A session tag that users can set themselves and that IAM policies use. */
export const principalTagWritable: Rule = {
  id: "principal-tag-writable",
  category: "service",
  severity: "error",
  summary: "a principal tag of the identity pool is copied from an attribute that users may write",
  check,
};

// OpenID Connect Core 1.0 section 5.1, the claims that user pools have as attributes.
const STANDARD_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...["address", "birthdate", "email", "family_name", "gender", "given_name", "locale", "middle_name"],
  ...["name", "nickname", "phone_number", "picture", "preferred_username", "profile", "website", "zoneinfo"],
]);

function* check({ service }: LintSubject): Iterable<Problem> {
  if (service?.identityPool === undefined) return;
  for (const { tag, claim, at } of service.identityPool.principalTags) {
    if (!STANDARD_ATTRIBUTES.has(claim) && !claim.startsWith("custom:")) continue;
    const writer = service.clients.find((client) => mayWrite(client, claim));
    if (writer === undefined) continue;
    yield {
      ...at,
      message: `the principal tag \`${tag}\` is copied from \`${claim}\`, which users of the app client \`${writer.name}\` may write`,
      fix:
        writer.writeAttributes === undefined
          ? `give the app client a \`WriteAttributes\` list without \`${claim}\``
          : `remove \`${claim}\` from the app client's \`WriteAttributes\`, or the tag`,
    };
  }
}
