import { splitDirectoryValue } from "../../../../policy/directory-value.ts";
import { likelyFix } from "../../../../policy/finding.ts";
import type { DirectoryRow } from "../../../../policy/row.ts";
import { issuedName, ownName } from "../../../../policy/subject.ts";
import { nearest } from "../../../../policy/suggestion.ts";
import type { Service } from "../../../service/service.ts";
import { respelled } from "../../fixes/edits.ts";
import { factsOf } from "../../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";

/** A `g4` row about a provider whose groups no trigger reads: it never gives a group. */
export const directoryProviderUnknown: Rule = {
  id: "directory-provider-unknown",
  category: "service",
  severity: "error",
  summary: "a `g4` row names an identity provider that `CLAIMGATE_DIRECTORIES` does not",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service?.directories === undefined) return;
  const known = [...service.directories.keys()];
  for (const row of factsOf(rows).directoryRows) {
    const named = providerOfRow(row, service);
    if (named === "other-pool" || (named !== undefined && known.includes(named.provider))) continue;
    const place = atField(row, 0);
    if (named === undefined) {
      const aliases = (service.poolAliases ?? []).map((alias) => `\`${alias}/${row.source}\``);
      yield {
        ...place,
        message: `\`${row.source}\` does not start with the alias of a user pool, so it gives no group`,
        fix: `write ${aliases.join(" or ")}`,
      };
      continue;
    }
    const meant = nearest(named.provider, known);
    yield {
      ...place,
      message: `no trigger reads the groups of the identity provider \`${named.provider}\``,
      ...likelyFix(
        meant === undefined
          ? []
          : [respelled(issuedName(named.alias, `${meant}/${named.value}`), [[row, 0]])],
        `add it to \`CLAIMGATE_DIRECTORIES\` of pre-sign-up and pre-token-generation in ${service.file} (docs/federation.md)`,
      ),
    };
  }
}

/** What a row names in the stage's own pool; undefined if it lacks the alias of a pool. */
export function providerOfRow(
  { source }: DirectoryRow,
  { poolAliases = [] }: Pick<Service, "poolAliases">,
):
  | { readonly alias: string | undefined; readonly provider: string; readonly value: string }
  | "other-pool"
  | undefined {
  const [alias, ...others] = poolAliases;
  const own = ownName(alias, source);
  const split = own === undefined ? undefined : splitDirectoryValue(own);
  if (split !== undefined) return { alias, ...split };
  return others.some((other) => ownName(other, source) !== undefined) ? "other-pool" : undefined;
}
