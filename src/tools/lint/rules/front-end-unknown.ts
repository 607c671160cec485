import { nearest } from "../../../policy/suggestion.ts";
import { factsOf } from "../policy-facts.ts";
import { atSetting, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A name in `front-end.yaml` that has no effect, since no row has it. */
export const frontEndUnknown: Rule = {
  id: "front-end-unknown",
  category: "references",
  severity: "error",
  summary: "`front-end.yaml` lists a permission or a parameter that no row has",
  needsEveryRow: true,
  check,
};

function* check({ rows, frontEnd }: LintSubject): Iterable<Problem> {
  if (frontEnd === undefined) return;
  const { permissions, permissionRows } = factsOf(rows);
  const named = new Set([...permissions, ...permissionRows.map(({ permission }) => permission)]);
  for (const { text, ...at } of frontEnd.permissions) {
    if (named.has(text)) continue;
    yield {
      ...atSetting(at),
      message: `no row names \`${text}\`, so a front end can never offer it`,
      names: [text],
      fix: fixOf(text, permissions, "add the `g2` row of its route, or remove it here"),
    };
  }
  const compared = new Set(
    permissionRows.flatMap(({ condition = [] }) =>
      condition.flatMap(({ literal, parameter }) => (literal === undefined ? [] : [parameter])),
    ),
  );
  for (const { text, ...at } of frontEnd.literals) {
    if (compared.has(text)) continue;
    yield {
      ...atSetting(at),
      message: `no condition compares \`{${text}}\` with a literal`,
      names: [text],
      fix: fixOf(text, compared, "write the name of a path parameter without braces, or remove it"),
    };
  }
}

function fixOf(name: string, known: Iterable<string>, otherwise: string): string {
  const meant = nearest(name, known);
  return meant === undefined ? otherwise : `did you mean \`${meant}\`?`;
}
