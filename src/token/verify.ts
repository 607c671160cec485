import { CognitoJwtVerifier } from "aws-jwt-verify/cognito-verifier";
import { ClaimgateError, ConfigurationError } from "../errors.ts";
import { MAX_AUTHORIZATION_LENGTH } from "./bearer.ts";
import { parseAccessTokenClaims } from "./claims-schema.ts";
import { type JwksCache, publishedKeysCache } from "./signing-keys-cache.ts";
import { verificationError } from "./verification-error.ts";
import { proveKind, type VerifiedToken } from "./verified-token.ts";

/** Which tokens count. */
export interface TokenVerifierOptions {
  /** The one pool whose tokens are accepted, e.g. `eu-west-1_AbCdEfGhI`. */
  readonly userPoolId: string;
  /** Logical name -> id of the app clients whose tokens are accepted; at least one. */
  readonly appClients: ReadonlyMap<string, string>;
  /** Where the keys come from; undefined fetches what the pool publishes over HTTPS. */
  readonly jwksCache?: JwksCache | undefined;
  /** Epoch seconds. */
  readonly now: () => number;
}

export interface TokenVerifier {
  /**
   * Fetches the keys ahead of the first token. Never rejects: it resolves to the error where it failed, and
   * the next verification fetches again.
   */
  hydrate(): Promise<ClaimgateError | undefined>;
  /**
   * What the token proves. It must be an access token of the pool and of one of the app clients, signed
   * RS256 with a published key, in time, with claims of the right shape.
   *
   * @throws ClaimgateError `token_*` where the token is at fault; `keys_unavailable`,
   *   `keys_refresh_limited` or `unexpected` where it is not, and then it must not be answered as a bad token
   */
  verify(token: string): Promise<VerifiedToken>;
}

/** @throws ConfigurationError for an empty client list, an id named twice or a malformed pool id */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const clientNames = invert(options.appClients);
  const verifier = createLibraryVerifier(options, [...clientNames.keys()]);
  return {
    hydrate: () =>
      verifier.hydrate().then(
        () => undefined,
        (error: unknown) => verificationError(error),
      ),
    verify: async (token) => {
      if (token.length > MAX_AUTHORIZATION_LENGTH) {
        throw new ClaimgateError(
          "token_too_large",
          `the token is longer than ${MAX_AUTHORIZATION_LENGTH} characters`,
        );
      }
      const claims = await signedClaims(verifier, token);
      const parsed = parseAccessTokenClaims(claims, options.now());
      const client = clientNames.get(parsed.clientId);
      if (client === undefined) {
        throw new ClaimgateError("token_client_invalid", "claim `client_id` is not an app client of ours");
      }
      return proveKind(parsed, client, claims);
    },
  };
}

/** The part of aws-jwt-verify's verifier that is used: its full type follows the options through generics. */
interface LibraryVerifier {
  hydrate(): Promise<void>;
  verify(token: string): Promise<object>;
}

function createLibraryVerifier(options: TokenVerifierOptions, clientIds: string[]): LibraryVerifier {
  if (options.userPoolId.trim() === "") throw new ConfigurationError("no user pool is configured");
  try {
    return CognitoJwtVerifier.create(
      {
        userPoolId: options.userPoolId,
        tokenUse: "access",
        clientId: clientIds,
        customJwtCheck: ({ header }) => {
          checkHeader(header);
        },
      },
      { jwksCache: options.jwksCache ?? publishedKeysCache() },
    );
  } catch (cause) {
    throw new ConfigurationError(`\`${options.userPoolId}\` is not the id of a user pool`, { cause });
  }
}

/**
 * Cognito signs RS256 and nothing else, while aws-jwt-verify accepts whatever suits the key. RFC 7515
 * section 4.1.11 wants a token refused that marks an extension critical which the reader does not know.
 */
function checkHeader(header: Readonly<Record<string, unknown>>): void {
  if (header["alg"] !== "RS256") {
    throw new ClaimgateError("token_signature_invalid", "the token is not signed with RS256");
  }
  if (Object.hasOwn(header, "crit")) {
    throw new ClaimgateError("token_malformed", "the token marks a header field critical");
  }
}

async function signedClaims(
  verifier: LibraryVerifier,
  token: string,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return { ...(await verifier.verify(token)) };
  } catch (error) {
    throw verificationError(error);
  }
}

function invert(appClients: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (appClients.size === 0) throw new ConfigurationError("no app client is configured");
  const names = new Map<string, string>();
  for (const [name, id] of appClients) {
    if (name === "" || id.trim() === "") throw new ConfigurationError(`app client \`${name}\` has no id`);
    const other = names.get(id);
    if (other !== undefined) {
      throw new ConfigurationError(`app clients \`${other}\` and \`${name}\` have the same id`);
    }
    names.set(id, name);
  }
  return names;
}
