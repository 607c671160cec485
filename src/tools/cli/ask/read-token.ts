import { messageOf } from "../../../errors.ts";
import { type Subject, tokenSubjects } from "../../../policy/subject.ts";
import { parseAccessTokenClaims } from "../../../token/claims-schema.ts";
import { jwksCacheFrom } from "../../../token/custom-keys.ts";
import { proveKind, type VerifiedToken } from "../../../token/verified-token.ts";
import { createTokenVerifier } from "../../../token/verify.ts";
import { CommandError } from "../../machine/command-error.ts";

/** What a token on the command line says, and how far it was believed. */
export interface TokenFacts {
  readonly verified: boolean;
  readonly subjects: readonly Subject[];
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * The subjects of an access token. With a key set its signature, issuer and times are verified as an authorizer does
 * it; without one only its shape is looked at. The app client counts by its id, since no deployment names it here.
 *
 * @param jwks the JSON of the pool's key set
 * @throws CommandError for what is no access token, or a bad one
 */
export async function readToken(token: string, jwks: string | undefined): Promise<TokenFacts> {
  const claims = payloadOf(token);
  try {
    const proven = jwks === undefined ? unverified(claims) : await verified(token, claims, jwks);
    return { verified: jwks !== undefined, subjects: tokenSubjects(proven), claims: proven.claims };
  } catch (cause) {
    const why = messageOf(cause);
    throw new CommandError("command_usage", `the token does not count: ${why}`, { cause });
  }
}

function payloadOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    if (typeof payload === "object" && payload !== null && !Array.isArray(payload)) return { ...payload };
  } catch {
    // Told below.
  }
  throw new CommandError("command_usage", "what was given is no token: expected three parts in base64url", {
    fix: "give a file that holds nothing but an access token, or - for standard input",
  });
}

/** As if it were good: somebody wants to know what it would be allowed. */
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
