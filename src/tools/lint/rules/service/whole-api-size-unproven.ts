import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { answerSize } from "../../whole-api.ts";

/**
 * The largest documented answer for any gateway, in bytes: that of WebSocket APIs. REST APIs are reported to accept
 * more (repost.aws/questions/QUzilwCUByQz6iUi-9hwPFJQ).
 */
const DOCUMENTED = 8_192;

/** A REST authorizer gives a whole-API answer that is larger than documented limits. */
export const wholeApiSizeUnproven: Rule = {
  id: "whole-api-size-unproven",
  category: "service",
  severity: "warning",
  summary: "a whole-API answer is larger than any that AWS documents",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  const authorizer = service?.authorizers.find(({ wholeApi }) => wholeApi === true);
  if (service === undefined || authorizer === undefined) return;
  const { routes } = answerSize(rows);
  if (routes <= DOCUMENTED) return;
  yield {
    ...authorizer.at,
    message: `a whole-API answer names routes in up to ${routes} bytes; REST APIs reportedly accept more than ${DOCUMENTED}, but the limit is not documented`,
    fix: "try it on a test stage, or set `CLAIMGATE_WHOLE_API_ANSWER` to `false`",
  };
}
