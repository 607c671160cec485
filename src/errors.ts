/** The codes for errors of the token itself: the caller is not authenticated (401). */
export const TOKEN_FAULT_CODES = [
  "token_missing",
  "token_ambiguous",
  "token_origin_refused",
  "token_too_large",
  "token_malformed",
  "token_signature_invalid",
  "token_issuer_invalid",
  "token_use_invalid",
  "token_client_invalid",
  "token_audience_invalid",
  "token_expired",
  "token_not_yet_valid",
  "token_claims_invalid",
  "token_revoked",
] as const;

/** Every code in a log line or an error of claimgate. A test proves that docs/errors.md has a section for each. */
export const ERROR_CODES = [
  // policy
  "policy_invalid",
  "policy_stale",
  "policy_engine_disagrees",
  // configuration
  "configuration_invalid",
  // tokens
  ...TOKEN_FAULT_CODES,
  "revocation_unavailable",
  "emergency_stop_unreadable",
  "keys_unavailable",
  "keys_refresh_limited",
  // requests
  "request_malformed",
  "request_not_canonical",
  "request_domain_unlisted",
  "request_arn_too_long",
  "answer_too_large",
  "decision_not_recorded",
  // triggers
  "trigger_event_unknown",
  "trigger_event_malformed",
  "group_assignment_failed",
  "account_lookup_failed",
  "account_linking_failed",
  "token_enrichment_failed",
  // commands
  "command_usage",
  "policies_unreadable",
  "service_unresolved",
  "service_without_routes",
  "openapi_unusable",
  "aws_credentials_missing",
  "aws_credentials_refused",
  "aws_access_denied",
  "aws_unreachable",
  "aws_call_failed",
  "stack_missing",
  "user_pool_missing",
  "user_missing",
  "user_ambiguous",
  "group_missing",
  "revocation_list_missing",
  "user_pool_update_refused",
  "user_pool_differs",
  "user_pool_unreadable",
  "port_taken",
  "file_not_written",
  "log_unreadable",
  "log_without_decisions",
  "unexpected",
] as const;

/** A stable code: in log lines, alarms and docs/errors.md. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * The base class of all errors. `code` is stable, for logs and alarms; `message` is for the operator and never reaches
 * a client. Clients get one word, which their adapter chooses.
 *
 * @example
 * import { ClaimgateError, readBearerToken } from "claimgate/authorizers";
 *
 * try {
 *   readBearerToken([]);
 * } catch (error) {
 *   if (error instanceof ClaimgateError && error.code === "token_missing") console.warn(error.message);
 * }
 */
export class ClaimgateError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    // Spelled out here and in each subclass: a minified class has another name, and logs and alarms read this one.
    this.name = "ClaimgateError";
    this.code = code;
  }
}

/**
 * The configuration of a function is missing or wrong; the message names the variable.
 *
 * @example
 * import { ConfigurationError } from "claimgate/authorizers";
 *
 * if (process.env["ORDERS_TABLE"] === undefined) {
 *   throw new ConfigurationError("environment variable `ORDERS_TABLE` is missing");
 * }
 */
export class ConfigurationError extends ClaimgateError {
  constructor(message: string, options?: ErrorOptions) {
    super("configuration_invalid", message, options);
    this.name = "ConfigurationError";
  }
}

/**
 * Refuses an option under its former name: ignoring `issuer` would drop the pool alias from every subject, and with it
 * the deny rows that name it.
 *
 * @throws ConfigurationError with the name now
 */
export function refuseFormerName(options: object, former: string, now: string, of = "option"): void {
  if (!Object.hasOwn(options, former)) return;
  throw new ConfigurationError(`${of} \`${former}\` was renamed to \`${now}\`; rename it`);
}

/** The stable code of any thrown value; `unexpected` if it is not a ClaimgateError. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof ClaimgateError ? error.code : "unexpected";
}

/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The code of a Node error, e.g. `ENOENT`. Checked by shape, since Node's errors may come from another realm's `Error`.
 */
export function systemCodeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}
