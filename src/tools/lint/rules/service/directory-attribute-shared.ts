import { factsOf } from "../../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** The attribute of a directory that another identity provider writes too. */
export const directoryAttributeShared: Rule = {
  id: "directory-attribute-shared",
  category: "service",
  severity: "error",
  summary: "the attribute with the groups of a directory is mapped by another identity provider",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  const { directories, identityProviders = [] } = service ?? {};
  if (directories === undefined || factsOf(rows).directoryRows.length === 0) return;
  for (const [name, { attribute }] of directories) {
    for (const provider of identityProviders) {
      if (provider.name === name || !provider.attributes.includes(attribute)) continue;
      yield {
        ...provider.at,
        message: `\`${provider.name}\` maps \`${attribute}\`, which is read as the groups of \`${name}\``,
        fix: "give each provider an attribute of its own",
      };
    }
  }
}
