import { ClaimgateError } from "../errors.ts";
import type { Condition } from "./condition.ts";
import { parseCondition } from "./condition.ts";
import { groupBy } from "./group-by.ts";
import { byKey, type IndexedPolicy, numbersIn, ROW_LENGTH } from "./indexed-policy.ts";
import { LazyMap } from "./lazy-map.ts";
import type { DecisionRow, DecisionRowsBySubject } from "./policy.ts";

/**
 * The conditions of the `p` rows by their text.
 *
 * @throws ClaimgateError `policy_invalid`: without its condition a row would be unconditional
 */
export function conditionsOf({ conditions: [, ...texts] }: IndexedPolicy): ReadonlyMap<string, Condition> {
  return new Map(texts.map((text) => [text, conditionOf(text)]));
}

function conditionOf(text: string): Condition {
  const parsed = parseCondition(text);
  if ("condition" in parsed) return parsed.condition;
  throw new ClaimgateError("policy_invalid", `a compiled row has the invalid condition \`${text}\``);
}

const DAMAGED = "the packaged policy is damaged: package it again";

/** The `p` rows by permission pattern and subject. Those of a pattern are built when it is first asked for. */
export function decisionRowsOf(
  { files, subjects, conditions: texts, decisions }: IndexedPolicy,
  conditions: ReadonlyMap<string, Condition>,
): ReadonlyMap<string, DecisionRowsBySubject> {
  const rowOf = (permission: string, numbers: readonly number[]): DecisionRow => {
    const [ordinal = 0, file = 0, line = 0, subjectAt = -1, allows = 0, conditionAt = -1] = numbers;
    const [subject, text] = [subjects[subjectAt], texts[conditionAt]];
    // Without either the row would apply to nobody, or to everything.
    if (subject === undefined || text === undefined) throw new ClaimgateError("policy_invalid", DAMAGED);
    const effect = allows === 1 ? "allow" : "deny";
    const fields = text === "" ? [subject, permission, effect] : [subject, permission, effect, text];
    return {
      ...{ file: files[file] ?? "", line, fields, ordinal, subject, permission, effect },
      condition: conditions.get(text),
      columns: [subject, permission, effect, text],
    };
  };
  return new LazyMap(byKey(decisions), (group, permission) => {
    const numbers = numbersIn(group);
    const rows: DecisionRow[] = [];
    for (let at = 0; at < numbers.length; at += ROW_LENGTH) {
      rows.push(rowOf(permission, numbers.slice(at, at + ROW_LENGTH)));
    }
    return groupBy(rows, ({ subject }) => subject);
  });
}
