import { ownName } from "../../../../policy/subject.ts";
import { nearest } from "../../../../policy/suggestion.ts";
import { groupsNamed, subjectsNamed } from "../../../access/named-subjects.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";
import { tenantGroups } from "../../tenant-groups.ts";

/** A name without a pool alias where each pool has one: the row never matches, and a deny denies no one. */
export const subjectOfNoPool: Rule = {
  id: "subject-of-no-pool",
  category: "service",
  severity: "error",
  summary: "a group, user or scope lacks the alias of a user pool although pools have aliases",
  check,
};

/** How many pool aliases are suggested. */
const NAMED = 3;

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  const poolAliases = service?.poolAliases ?? [];
  if (poolAliases.length === 0) return;
  const named = [
    ...Array.from(groupsNamed(rows), (one) => ({ ...one, kind: "group" })),
    ...tenantGroups(rows).map(({ member, row }) => ({
      ...{ kind: "group", name: member.slice("group:".length), row, field: 0 },
    })),
    ...Array.from(subjectsNamed(rows, "user"), (one) => ({ ...one, kind: "user" })),
    ...Array.from(subjectsNamed(rows, "scope"), (one) => ({ ...one, kind: "scope" })),
  ];
  for (const { kind, name, row, field } of named) {
    if (poolAliases.some((poolAlias) => ownName(poolAlias, name) !== undefined)) continue;
    yield {
      ...atField(row, field),
      message: `\`${kind}:${name}\` does not start with the alias of a user pool, so it matches no token`,
      fix: fixOf(kind, name, poolAliases),
    };
  }
}

function fixOf(kind: string, name: string, aliases: readonly string[]): string {
  const slash = name.indexOf("/");
  const meant = slash < 0 ? undefined : nearest(name.slice(0, slash), aliases);
  if (meant !== undefined) return `did you mean \`${kind}:${meant}${name.slice(slash)}\`?`;
  const left = aliases.length - NAMED;
  const more = left > 0 ? `, or one of ${left} other pool aliases` : "";
  const written = nearestAliases(name, aliases).map((alias) => `\`${kind}:${alias}/${name}\``);
  return `write ${written.join(" or ")}${more}`;
}

/**
 * The aliases that are most like the part before the `/`, or like the whole name; among equals, the stage's own first.
 */
function nearestAliases(name: string, aliases: readonly string[]): readonly string[] {
  const written = name.split("/")[0] ?? name;
  const nearness = (alias: string) => {
    let common = 0;
    while (common < alias.length && alias[common] === written[common]) common += 1;
    return common - Math.abs(alias.length - written.length) / 100;
  };
  const ranked = aliases.map((alias, index) => ({
    alias,
    index,
    near: name.includes("/") ? nearness(alias) : 0,
  }));
  return ranked
    .sort((one, other) => other.near - one.near || one.index - other.index)
    .slice(0, NAMED)
    .map(({ alias }) => alias);
}
