import type { GeneratedRole, GroupSettings, Setting } from "../groups-file.ts";
import { atSetting, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A setting of a group that Cognito or IAM would refuse during a deployment. */
export const groupSettingsRefused: Rule = {
  id: "group-settings-refused",
  category: "values",
  severity: "error",
  summary: "AWS would refuse a description, precedence or IAM role in `groups.yaml`",
  check,
};

// Amazon Cognito, API reference, CreateGroup: Description and Precedence.
const LONGEST_DESCRIPTION = 2048;
const GREATEST_PRECEDENCE = 2 ** 31 - 1;

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;
const LOGICAL_NAME = /^[A-Za-z0-9]{1,255}$/;

/** Folders of an S3 bucket, without characters that IAM reads as a wildcard or a variable. */
const PREFIX = /^([\w!.'()@=+-]+\/)+$/;

function* check({ groupSettings }: LintSubject): Iterable<Problem> {
  for (const settings of groupSettings ?? []) {
    yield* descriptionProblems(settings);
    yield* precedenceProblems(settings);
    const { role } = settings;
    if (role?.kind === "named" && !ROLE_ARN.test(role.text) && !LOGICAL_NAME.test(role.text)) {
      yield problem(
        role,
        `\`${role.text}\` is neither the ARN nor the logical name of a role`,
        role.text.startsWith("arn:")
          ? "write an ARN as `arn:aws:iam::111122223333:role/NAME`"
          : "use only letters and digits in a logical name",
      );
    }
    if (role?.kind === "generated") yield* prefixProblems(role);
  }
}

function* descriptionProblems({ description }: GroupSettings): Iterable<Problem> {
  const length = description === undefined ? 0 : [...description.text].length;
  if (description === undefined || length <= LONGEST_DESCRIPTION) return;
  const message = `the description has ${length} characters; Cognito accepts at most ${LONGEST_DESCRIPTION}`;
  yield problem(description, message, "shorten it");
}

function* precedenceProblems({ precedence }: GroupSettings): Iterable<Problem> {
  if (precedence === undefined) return;
  const { number } = precedence;
  if (Number.isInteger(number) && number >= 0 && number <= GREATEST_PRECEDENCE) return;
  const message = `the precedence is ${number}; expected a whole number from 0 to ${GREATEST_PRECEDENCE}`;
  yield problem(
    precedence,
    message,
    "the lowest number wins; use steps of ten to leave room for more groups",
  );
}

function* prefixProblems({ read, write }: GeneratedRole): Iterable<Problem> {
  for (const prefix of [...read, ...write]) {
    if (PREFIX.test(prefix.text)) continue;
    const fix = /[*?$]/.test(prefix.text)
      ? "remove the wildcard: a prefix includes everything below it"
      : "write it as `reports/` or `reports/2026/`";
    yield problem(prefix, `\`${prefix.text}\` is not a prefix that ends with \`/\``, fix);
  }
}

function problem(at: Setting, message: string, fix: string): Problem {
  return { ...atSetting(at), message, fix };
}
