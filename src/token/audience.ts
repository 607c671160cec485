import { ClaimgateError, ConfigurationError } from "../errors.ts";

/** For which API a token must be. */
export interface Audience {
  /** The names of this API, as clients write them in `resource` (RFC 8707); at least one. */
  readonly names: readonly string[];
  /**
   * Whose tokens must name an API: those of `users`, of `all`, or of `nobody`. Cognito binds no token of a machine
   * (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html).
   */
  readonly requiredOf: "nobody" | "users" | "all";
}

/** What a token says of whom it is for. */
export interface NamedAudience {
  /** The APIs that it names. */
  readonly audience: readonly string[];
  /** Undefined for a machine. */
  readonly username: string | undefined;
}

/**
 * Refuses a token for another API (RFC 7519 section 4.1.3: whoever is not among the audience rejects the token).
 * Names are compared letter by letter.
 *
 * @param audience undefined if this API has no name: then any token is for it
 * @throws ClaimgateError token_audience_invalid
 */
export function checkAudience(token: NamedAudience, audience: Audience | undefined): void {
  if (audience === undefined) return;
  const { audience: named, username } = token;
  if (named.length === 0) {
    const { requiredOf } = audience;
    if (requiredOf === "nobody" || (requiredOf === "users" && username === undefined)) return;
    throw new ClaimgateError("token_audience_invalid", "claim `aud` is missing and required");
  }
  if (named.some((name) => audience.names.includes(name))) return;
  throw new ClaimgateError("token_audience_invalid", "claim `aud` names another API");
}

/** @throws ConfigurationError for no name, an empty one or one with blanks */
export function createAudience(audience: Audience): Audience {
  if (audience.names.length === 0) throw new ConfigurationError("the audience has no name");
  for (const name of audience.names) {
    if (!/^[!-~]+$/.test(name)) throw new ConfigurationError(`\`${name}\` is not the name of an API`);
  }
  return audience;
}
