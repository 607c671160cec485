import type { ErrorCode } from "../errors.ts";

/** The codes of requests that are denied regardless of the policy. */
export const REQUEST_REFUSALS: ReadonlySet<string> = new Set<ErrorCode>([
  "request_not_canonical",
  "request_domain_unlisted",
  "request_arn_too_long",
  "answer_too_large",
]);
