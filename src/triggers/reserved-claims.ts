import { ConfigurationError } from "../errors.ts";

/**
 * Claims that Cognito lets no trigger change, and claims with another source: the trigger writes `scope` and `roles`,
 * and `aud` may only be the app client.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
const RESERVED = new Set(
  (
    "sub username client_id token_use scope roles aud identities version device_key event_id jti origin_jti " +
    "iss iat exp nbf auth_time acr amr at_hash azp nonce"
  ).split(" "),
);

const RESERVED_PREFIXES = ["cognito:", "dev:"];

/** Whether a claim cannot be copied from an attribute. */
function isReservedClaim(name: string): boolean {
  return (
    RESERVED.has(name) ||
    RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix)) ||
    // `__proto__`, `constructor` and the like, since claims are looked up in objects.
    name in Object.prototype
  );
}

/** Claims of the access token, each with its source, a user attribute. */
export type CopiedClaims = ReadonlyMap<string, string>;

/**
 * Checks a configured map such as `{"tenant_id":"custom:tenant_id"}`.
 * @throws ConfigurationError naming the claim
 */
export function createCopiedClaims(configured: ReadonlyMap<string, string>): CopiedClaims {
  for (const [claim, attribute] of configured) {
    if (isReservedClaim(claim)) {
      throw new ConfigurationError(`claim \`${claim}\` is reserved and cannot be copied from an attribute`);
    }
    if (!/^[\w:.-]{1,64}$/.test(claim)) {
      throw new ConfigurationError(`claim \`${claim}\` may contain only letters, digits and \`_:.-\``);
    }
    if (attribute in Object.prototype) {
      throw new ConfigurationError(
        `claim \`${claim}\` is copied from \`${attribute}\`, which is not an attribute`,
      );
    }
  }
  return new Map(configured);
}
