import { QUOTAS } from "../../../cloudformation/quotas.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";
import { answerSize } from "../../whole-api.ts";

/**
 * A REST authorizer answers for the whole API at once, and AWS would not take the answer: every request would be 500.
 */
export const wholeApiTooLarge: Rule = {
  id: "whole-api-too-large",
  category: "service",
  severity: "error",
  summary:
    "an answer for the whole REST API that is larger than AWS takes, or names a route that is too long",
  check,
};

const FIX = "set `CLAIMGATE_WHOLE_API_ANSWER` to `false`";

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  const authorizer = service?.authorizers.find(({ wholeApi }) => wholeApi === true);
  if (service === undefined || authorizer === undefined) return;
  const { whole, tooLong } = answerSize(rows);
  for (const { row, length } of tooLong) {
    yield {
      ...atField(row, 0),
      message: `an answer for the whole API names \`${row.route}\` by up to ${length} characters, and API Gateway takes ${QUOTAS.resourceOfAnAnswer}`,
      fix: FIX,
    };
  }
  if (whole <= QUOTAS.answerOfAFunction) return;
  yield {
    ...authorizer.at,
    message: `an answer for the whole API can have ${whole} bytes, and a function may answer with ${QUOTAS.answerOfAFunction}`,
    fix: FIX,
  };
}
