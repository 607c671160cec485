import { mayWrite } from "../../../service/service.ts";
import { atClaims } from "../../conditions/comparisons.ts";
import { factsOf } from "../../policy-facts.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** A condition trusts a claim that users can set themselves. */
export const conditionClaimWritable: Rule = {
  id: "condition-claim-writable",
  category: "service",
  severity: "error",
  summary: "a condition names a claim that is copied from an attribute that users may write",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  for (const row of factsOf(rows).permissionRows) {
    for (const { atom, operandPlace } of atClaims(row)) {
      const attribute = service.copiedClaims.get(atom.claim);
      const writer = service.clients.find((client) => attribute !== undefined && mayWrite(client, attribute));
      if (attribute === undefined || writer === undefined) continue;
      yield {
        ...operandPlace,
        message: `the claim \`${atom.claim}\` is copied from \`${attribute}\`, which users of the app client \`${writer.name}\` may write`,
        fix:
          writer.writeAttributes === undefined
            ? `give the app client a \`WriteAttributes\` list without \`${attribute}\` in ${service.file}`
            : `remove \`${attribute}\` from the app client's \`WriteAttributes\` in ${service.file}`,
      };
    }
  }
}
