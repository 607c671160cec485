import { mayWrite } from "../../../service/service.ts";
import { factsOf } from "../../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** Users could write the groups of their directory themselves. */
export const directoryAttributeWritable: Rule = {
  id: "directory-attribute-writable",
  category: "service",
  severity: "error",
  summary: "users of an app client may write the attribute with the groups of a directory",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service?.directories === undefined || factsOf(rows).directoryRows.length === 0) return;
  const at = { file: service.file, line: 1, column: 1 };
  for (const { attribute } of service.directories.values()) {
    for (const client of service.clients.filter((one) => mayWrite(one, attribute))) {
      const [way] = client.waysAroundOAuth ?? [];
      if (way === undefined) continue;
      yield {
        ...(client.at ?? at),
        message: `users of the app client \`${client.name}\` may write \`${attribute}\`, and so give themselves groups: ${way}`,
        names: [client.name],
        fix: `remove the attribute from its \`WriteAttributes\`; a client that the identity provider needs signs in over OAuth only: \`ExplicitAuthFlows: [ALLOW_REFRESH_TOKEN_AUTH]\`, without the scope \`aws.cognito.signin.user.admin\``,
      };
    }
    if (service.signUpDirectories !== undefined && !service.signUpDirectories.includes(attribute)) {
      yield {
        ...at,
        message: `pre-sign-up does not know \`${attribute}\`, so a user who signs up may set it`,
        fix: "give it the `CLAIMGATE_DIRECTORIES` of pre-token-generation",
      };
    }
  }
}
