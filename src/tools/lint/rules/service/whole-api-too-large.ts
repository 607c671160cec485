import { QUOTAS } from "../../../cloudformation/quotas.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";
import { answerSize } from "../../whole-api.ts";

/** A REST authorizer gives a whole-API answer that AWS would reject: every request would get a 500. */
export const wholeApiTooLarge: Rule = {
  id: "whole-api-too-large",
  category: "service",
  severity: "error",
  summary: "a whole-API answer is larger than AWS accepts, or names a route that is too long",
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
      message: `a whole-API answer names \`${row.route}\` in up to ${length} characters, but API Gateway accepts at most ${QUOTAS.resourceOfAnAnswer}`,
      fix: FIX,
    };
  }
  if (whole <= QUOTAS.answerOfAFunction) return;
  yield {
    ...authorizer.at,
    message: `a whole-API answer can have ${whole} bytes, but a function may answer with at most ${QUOTAS.answerOfAFunction}`,
    fix: FIX,
  };
}
