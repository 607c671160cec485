import { likelyFix } from "../../../../policy/finding.ts";
import { likelyNames } from "../../names/likely-names.ts";
import { atSetting, type LintSubject, type Problem, type Rule } from "../../rule.ts";

/** A group whose IAM role is not in the stack: its members would silently get the default role. */
export const groupRoleUnknown: Rule = {
  id: "group-role-unknown",
  category: "service",
  severity: "error",
  summary: "an `iamRole` in `groups.yaml` that is not a role of the stack",
  check,
};

const LOGICAL_NAME = /^[A-Za-z0-9]+$/;

function* check(subject: LintSubject): Iterable<Problem> {
  const { service, groupSettings } = subject;
  const likely = likelyNames(subject);
  const known = service?.identityPool?.roles;
  if (service === undefined || known === undefined) return;
  for (const { role } of groupSettings ?? []) {
    if (role?.kind !== "named" || !LOGICAL_NAME.test(role.text) || known.includes(role.text)) continue;
    const meant = likely.name(role.text, known);
    yield {
      ...atSetting(role),
      message: `${service.file} has no IAM role with the logical name \`${role.text}\``,
      ...likelyFix(
        meant === undefined
          ? []
          : [{ meant, edits: [{ ...atSetting(role), length: role.text.length, text: meant }] }],
        "add an `AWS::IAM::Role`, or write an ARN",
      ),
    };
  }
}
