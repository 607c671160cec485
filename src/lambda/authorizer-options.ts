import type { CustomDomains } from "../authorizers/custom-domains.ts";
import { customDomains } from "./custom-domains.ts";
import { type InputLogging, readInputLogging } from "./decision-log.ts";
import { type Environment, flag, wholeNumber } from "./environment.ts";

/** What every authorizer may be told besides its issuers and the revocation list. */
export interface AuthorizerOptions {
  /** How many verified tokens to remember. */
  readonly tokenMemo: number;
  readonly customDomains: CustomDomains;
  readonly reportOnly: boolean;
  readonly inputs: InputLogging;
}

/**
 * - CLAIMGATE_TOKEN_MEMO: the number of verified tokens to remember; 0, the default, for none
 * - CLAIMGATE_API_DOMAINS: the base paths of custom domains ({@link customDomains})
 * - CLAIMGATE_REPORT_ONLY: `true` lets denied requests through and logs a warning
 * - CLAIMGATE_LOG_INPUTS: `plain` (default) or `hashed`
 *
 * @throws ConfigurationError naming the variable
 */
export function authorizerOptions(env: Environment): AuthorizerOptions {
  return {
    tokenMemo: wholeNumber(env, "CLAIMGATE_TOKEN_MEMO", 0, 0),
    customDomains: customDomains(env),
    reportOnly: flag(env, "CLAIMGATE_REPORT_ONLY", false),
    inputs: readInputLogging(env),
  };
}
