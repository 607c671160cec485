import { likelyFix } from "../../../../policy/finding.ts";
import { subjectsNamed } from "../../../access/named-subjects.ts";
import { respelled } from "../../fixes/edits.ts";
import { likelyNames } from "../../names/likely-names.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";

/** An app client that no authorizer knows by this name: the row can never match. */
export const clientUnknown: Rule = {
  id: "client-unknown",
  category: "service",
  severity: "error",
  summary: "a `client:` name is not in `CLAIMGATE_APP_CLIENTS` of serverless.yml",
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { rows, service } = subject;
  const likely = likelyNames(subject);
  const known = service?.clientNames;
  if (known === undefined) return;
  for (const { name, row, field } of subjectsNamed(rows, "client")) {
    // One policy serves all stages, including those without this client.
    if (known.includes(name) || service?.clientsSwitchedOff.includes(name)) continue;
    const meant = likely.name(name, known);
    yield {
      ...atField(row, field),
      message: `\`CLAIMGATE_APP_CLIENTS\` has no app client \`${name}\``,
      ...likelyFix(
        meant === undefined ? [] : [respelled(`client:${meant}`, [[row, field]])],
        `expected one of ${known.join(", ")}`,
      ),
    };
  }
}
