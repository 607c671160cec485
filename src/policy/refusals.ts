import type { ErrorCode } from "../errors.ts";

/** The codes of requests that are denied regardless of the policy. */
export const REQUEST_REFUSALS: ReadonlySet<string> = new Set<ErrorCode>([
  "request_not_canonical",
  "request_domain_unlisted",
  "request_arn_too_long",
  "answer_too_large",
]);

/** The reason of a request that an emergency stop denied: neither the policy nor the request is at fault. */
export const STOPPED = "stopped";
