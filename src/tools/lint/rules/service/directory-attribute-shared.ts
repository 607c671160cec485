import { factsOf } from "../../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** The attribute of a directory that another identity provider writes too, or that its own does not. */
export const directoryAttributeShared: Rule = {
  id: "directory-attribute-shared",
  category: "service",
  severity: "error",
  summary: "the attribute of a directory is not mapped by its identity provider, and by no other",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  const { directories, identityProviders = [] } = service ?? {};
  if (directories === undefined || factsOf(rows).directoryRows.length === 0) return;
  for (const [name, { attribute }] of directories) {
    for (const provider of identityProviders) {
      const maps = provider.attributes.includes(attribute);
      if (provider.name === name && !maps) {
        yield {
          ...provider.at,
          message: `\`${name}\` does not map \`${attribute}\`, so its users have no directory groups`,
          fix: `map it in \`AttributeMapping\`: \`${attribute}: NAME\`, the name under which the directory sends groups`,
        };
      }
      if (provider.name !== name && maps) {
        yield {
          ...provider.at,
          message: `\`${provider.name}\` maps \`${attribute}\`, which is read as the groups of \`${name}\``,
          fix: "give each provider an attribute of its own",
        };
      }
    }
  }
}
