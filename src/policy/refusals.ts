import type { ErrorCode } from "../errors.ts";

/**
 * The codes of requests that are denied before any policy is asked: nobody may send them, and another policy refuses
 * them, too.
 */
export const REQUEST_REFUSALS: ReadonlySet<string> = new Set<ErrorCode>([
  "request_not_canonical",
  "request_domain_unlisted",
  "request_arn_too_long",
  "answer_too_large",
]);
