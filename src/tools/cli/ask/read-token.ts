import { messageOf } from "../../../errors.ts";
import { type App, appOf } from "../../../policy/app.ts";
import { type Subject, tokenSubjects } from "../../../policy/subject.ts";
import { parseAccessTokenClaims } from "../../../token/claims-schema.ts";
import { jwksCacheFrom } from "../../../token/custom-keys.ts";
import { proveKind, type VerifiedToken } from "../../../token/verified-token.ts";
import { createTokenVerifier } from "../../../token/verify.ts";
import { CommandError } from "../../machine/command-error.ts";

/** The content of a token from the command line, and whether it was verified. */
export interface TokenFacts {
  readonly verified: boolean;
  readonly subjects: readonly Subject[];
  /** The app of a user's token, by its id. */
  readonly app: App | undefined;
  readonly claims: Readonly<Record<string, unknown>>;
  /** When its user signed in, in epoch seconds; undefined if it does not say it, and for a machine. */
  readonly authTime: number | undefined;
}

/**
 * The subjects of an access token. With a key set its signature, issuer and times are verified as by an authorizer;
 * without one only its shape is checked. The app client has its id as its name, since no deployment names it here.
 *
 * @param jwks the JSON of the pool's key set
 * @throws CommandError if it is not an access token, or an invalid one
 */
export async function readToken(token: string, jwks: string | undefined): Promise<TokenFacts> {
  const claims = payloadOf(token);
  try {
    const proven = jwks === undefined ? unverified(claims) : await verified(token, claims, jwks);
    const [subjects, app] = [tokenSubjects(proven), appOf(proven)];
    const authTime = proven.kind === "user" ? proven.authTime : undefined;
    return { verified: jwks !== undefined, subjects, app, claims: proven.claims, authTime };
  } catch (cause) {
    const why = messageOf(cause);
    throw new CommandError("command_usage", `the token is not valid: ${why}`, { cause });
  }
}

function payloadOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    if (typeof payload === "object" && payload !== null && !Array.isArray(payload)) return { ...payload };
  } catch {
    // Reported below.
  }
  throw new CommandError("command_usage", "the input is not a JWT: expected three parts in base64url", {
    fix: "give a file with only an access token, or - for standard input",
  });
}

/** Treated as valid, to show what it would be allowed. */
function unverified(claims: Readonly<Record<string, unknown>>): VerifiedToken {
  const issuedAt = Number(claims["iat"]);
  const parsed = parseAccessTokenClaims(claims, Number.isFinite(issuedAt) ? issuedAt : 0);
  return proveKind(parsed, { userPoolId: "", poolAlias: undefined, client: parsed.clientId }, claims);
}

function verified(
  token: string,
  { iss, client_id: client }: Readonly<Record<string, unknown>>,
  jwks: string,
): Promise<VerifiedToken> {
  const userPoolId = String(iss).split("/").at(-1) ?? "";
  const verifier = createTokenVerifier({
    issuers: [{ userPoolId, appClients: new Map([[String(client), String(client)]]) }],
    jwksCache: jwksCacheFrom(() => Promise.resolve(new Uint8Array(Buffer.from(jwks)).buffer)),
    now: () => Date.now() / 1000,
  });
  return verifier.verify(token);
}
