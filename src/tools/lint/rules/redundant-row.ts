import { byPlace } from "../../../policy/place.ts";
import type { PermissionRow, Row } from "../../../policy/row.ts";
import { weakerOrEqual } from "../conditions/comparisons.ts";
import { addressesCovering } from "../covering/addresses.ts";
import { patternsCoveringPattern } from "../covering/permissions.ts";
import { factsOf, type PolicyFacts } from "../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A row that could be removed without changing any decision. */
export const redundantRow: Rule = {
  id: "redundant-row",
  category: "structure",
  severity: "warning",
  summary: "another row covers this one, so removing it changes no decision",
  needsEveryRow: true,
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const facts = factsOf(rows);
  yield* redundant(facts.permissionRows, {
    key: (row) => `${row.effect} ${row.subject} ${row.permission}`,
    coveringKeys: (row) => permissionKeys(facts, row),
    coversToo: (other, row) => weakerOrEqual(other.condition, row.condition),
    because: (other, row) =>
      other.subject === row.subject
        ? ""
        : `, since every holder of \`${row.subject}\` also holds \`${other.subject}\``,
  });
  yield* redundant(facts.appRows, {
    key: (row) => `${row.client} ${row.permission}`,
    coveringKeys: (row) =>
      patternsCoveringPattern(row.permission).map((pattern) => `${row.client} ${pattern}`),
    coversToo: (other, row) => other.scope === undefined || other.scope === row.scope,
    because: () => "",
  });
  yield* redundant(facts.signUpRows, {
    key: (row) => `${row.effect} ${addressesCovering(row.pattern)[0]}`,
    coveringKeys: (row) => addressesCovering(row.pattern).map((pattern) => `${row.effect} ${pattern}`),
    coversToo: () => true,
    because: () => "",
  });
  yield* redundant(facts.landingRows, {
    key: (row) => `${row.group} ${addressesCovering(row.pattern)[0]}`,
    coveringKeys: (row) => addressesCovering(row.pattern).map((pattern) => `${row.group} ${pattern}`),
    coversToo: () => true,
    because: () => "",
  });
}

/** How the rows of one type cover each other: by keys for lookup, then by a comparison of what keys cannot express. */
interface Coverage<R extends Row> {
  readonly key: (row: R) => string;
  /** The keys of the rows that cover this one. */
  readonly coveringKeys: (row: R) => readonly string[];
  readonly coversToo: (other: R, row: R) => boolean;
  readonly because: (other: R, row: R) => string;
}

function permissionKeys({ holding }: PolicyFacts, row: PermissionRow): string[] {
  const patterns = patternsCoveringPattern(row.permission);
  return [...holding.alwaysWith(row.subject)].flatMap((subject) =>
    patterns.map((pattern) => `${row.effect} ${subject} ${pattern}`),
  );
}

/**
 * Every row that another row covers. Of rows that cover each other the first stays, so that all reported rows can be
 * removed together.
 */
function* redundant<R extends Row>(rows: readonly R[], coverage: Coverage<R>): Iterable<Problem> {
  const { key, coveringKeys, coversToo, because } = coverage;
  const byKey = new Map<string, R[]>();
  for (const row of rows) {
    const same = byKey.get(key(row));
    if (same === undefined) byKey.set(key(row), [row]);
    else same.push(row);
  }
  const covers = (other: R, row: R) => coveringKeys(row).includes(key(other)) && coversToo(other, row);
  for (const row of rows) {
    const other = coveringKeys(row)
      .flatMap((covering) => byKey.get(covering) ?? [])
      .find((one) => one !== row && coversToo(one, row) && (byPlace(one, row) < 0 || !covers(row, one)));
    if (other === undefined) continue;
    yield {
      file: row.file,
      line: row.line,
      column: 1,
      message: `the row changes no decision: \`${other.text}\` at ${other.file}:${other.line} covers it${because(other, row)}`,
      names: [row.fields[0] ?? "", other.fields[0] ?? ""],
      fix: "delete this row, or narrow the other one",
    };
  }
}
