import { factsOf } from "../../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

const DAY = 86_400;

/** A group that the directory took away stays in the tokens as long as they can be refreshed. */
export const directoryGroupsOutlive: Rule = {
  id: "directory-groups-outlive",
  category: "service",
  severity: "warning",
  summary: "users of a directory may refresh their tokens for more than 24 hours",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service?.directories === undefined || factsOf(rows).directoryRows.length === 0) return;
  const { directories } = service;
  for (const { name, at, identityProviders, refreshSeconds = 0 } of service.clients) {
    const directory = identityProviders?.find((one) => directories.has(one));
    if (directory === undefined || refreshSeconds <= DAY) continue;
    yield {
      ...(at ?? { file: service.file, line: 1, column: 1 }),
      message: `users of \`${directory}\` may refresh the tokens of the app client \`${name}\` for ${Math.ceil(refreshSeconds / 3600)} hours, with the groups of the last sign-in`,
      names: [name],
      fix: "set `RefreshTokenValidity` to at most 24 hours, or accept that a removed user keeps the groups that long",
    };
  }
}
