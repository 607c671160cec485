import { directoryValues } from "../../../../triggers/directory-values.ts";
import { factsOf } from "../../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";
import { providerOfRow } from "./directory-provider-unknown.ts";

/** A value that the provider cannot send in its form: the row never gives a group. */
export const directoryValueForm: Rule = {
  id: "directory-value-form",
  category: "service",
  severity: "error",
  summary: "a `g4` row names a value that its provider, which sends ids, cannot send",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service?.directories === undefined) return;
  for (const row of factsOf(rows).directoryRows) {
    const named = providerOfRow(row, service);
    if (named === undefined || named === "other-pool") continue;
    if (service.directories.get(named.provider)?.form !== "ids") continue;
    if ("values" in directoryValues(named.value, "ids")) continue;
    yield {
      ...atField(row, 0),
      message: `\`${named.provider}\` sends ids, and \`${named.value}\` is not one, so the row gives no group`,
      fix: "write the id that the directory assigns to the group, or let the provider send names as JSON",
    };
  }
}
