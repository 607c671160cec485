import type { CustomDomains } from "../authorizers/custom-domains.ts";
import { ConfigurationError } from "../errors.ts";
import { type Audience, createAudience } from "../token/audience.ts";
import { customDomains } from "./custom-domains.ts";
import { type InputLogging, readInputLogging } from "./decision-log.ts";
import { choice, type Environment, flag, inVariable, optional, wholeNumber } from "./environment.ts";

/** What every authorizer may be told besides its issuers and the revocation list. */
export interface AuthorizerOptions {
  /** How many verified tokens to remember. */
  readonly tokenMemo: number;
  readonly customDomains: CustomDomains;
  readonly audience: Audience | undefined;
  readonly reportOnly: boolean;
  readonly inputs: InputLogging;
}

/**
 * - CLAIMGATE_TOKEN_MEMO: the number of verified tokens to remember; 0, the default, for none
 * - CLAIMGATE_API_DOMAINS: the base paths of custom domains ({@link customDomains})
 * - CLAIMGATE_AUDIENCE: the names of this API in `aud`, separated by commas; CLAIMGATE_AUDIENCE_REQUIRED: whose
 *   tokens must have `aud`, `nobody` (default), `users` or `all`
 * - CLAIMGATE_REPORT_ONLY: `true` lets denied requests through and logs a warning
 * - CLAIMGATE_LOG_INPUTS: `plain` (default) or `hashed`
 *
 * @throws ConfigurationError naming the variable
 */
export function authorizerOptions(env: Environment): AuthorizerOptions {
  return {
    tokenMemo: wholeNumber(env, "CLAIMGATE_TOKEN_MEMO", 0, 0),
    customDomains: customDomains(env),
    audience: readAudience(env),
    reportOnly: flag(env, "CLAIMGATE_REPORT_ONLY", false),
    inputs: readInputLogging(env),
  };
}

function readAudience(env: Environment): Audience | undefined {
  const value = optional(env, "CLAIMGATE_AUDIENCE");
  const requiredOf = choice(env, "CLAIMGATE_AUDIENCE_REQUIRED", ["nobody", "users", "all"]);
  if (value === undefined) {
    if (requiredOf === "nobody") return undefined;
    throw new ConfigurationError(
      `environment variable \`CLAIMGATE_AUDIENCE_REQUIRED\` is \`${requiredOf}\`, but \`CLAIMGATE_AUDIENCE\` is missing`,
    );
  }
  return inVariable(
    "CLAIMGATE_AUDIENCE",
    () => createAudience({ names: value.split(","), requiredOf }),
    "names such as `https://orders.example.com`, separated by commas",
  );
}
