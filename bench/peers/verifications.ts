import { jwksCacheFrom } from "../../src/token/custom-keys.ts";
import { createTokenMemo } from "../../src/token/token-memo.ts";
import { createTokenVerifier } from "../../src/token/verify.ts";
import type { CallTimes } from "../report/results.ts";
import { accessToken, refusedTokens, TRUST } from "./tokens.ts";
import { inTurns, type Side, type Turns } from "./turns.ts";
import { awsVerifier } from "./verifiers/aws-jwt-verify.ts";
import { bareVerifier } from "./verifiers/bare.ts";
import { fastJwtVerifier } from "./verifiers/fast-jwt.ts";
import { joseVerifier } from "./verifiers/jose.ts";
import { jsonwebtokenVerifier } from "./verifiers/jsonwebtoken.ts";
import { middyHandler } from "./verifiers/middy.ts";

const GROUPS = ["support", "staff", "a", "b", "c"];
/** The tokens that come again, and what a memory holds: all of them. */
const TOKENS = 64;
const MEMORY = 1_000;

type VerifyToken = (token: string) => unknown;

interface Verifier {
  /** Remembers nothing. */
  readonly fresh: VerifyToken;
  /** Remembers tokens, where it can. */
  readonly seen?: VerifyToken;
}

function verifiers(): Readonly<Record<string, Verifier>> {
  const keys = jwksCacheFrom(() =>
    Promise.resolve(new TextEncoder().encode(JSON.stringify(TRUST.jwks)).buffer),
  );
  const now = () => Date.now() / 1000;
  const appClients = new Map([["web", TRUST.clientId]]);
  const ours = createTokenVerifier({
    issuers: [{ userPoolId: TRUST.userPoolId, appClients }],
    jwksCache: keys,
    now,
  });
  const verify = (token: string) => ours.verify(token);
  const middy = middyHandler(TRUST, (claims) => claims);
  const context = {} as Parameters<typeof middy>[1];
  return {
    claimgate: { fresh: verify, seen: createTokenMemo({ verify, keys, entries: MEMORY, now }) },
    "aws-jwt-verify": { fresh: awsVerifier(TRUST) },
    "fast-jwt": { fresh: fastJwtVerifier(TRUST, 0), seen: fastJwtVerifier(TRUST, MEMORY) },
    jose: { fresh: joseVerifier(TRUST) },
    "jsonwebtoken + jwks-rsa": { fresh: jsonwebtokenVerifier(TRUST) },
    "middy + middy-middleware-jwt-auth + jwks-rsa": {
      fresh: (token) =>
        middy(
          { headers: { authorization: `Bearer ${token}` }, requestContext: { http: {} } },
          context,
        ) as unknown,
    },
    "`crypto.verify` and `JSON.parse` by hand": { fresh: bareVerifier(TRUST) },
  };
}

/** Microseconds to verify a token. @throws Error if one is refused that is good, or the other way round */
export async function measureVerifications(turns: Turns): Promise<readonly CallTimes[]> {
  const tokens = Array.from({ length: TOKENS }, () => accessToken(GROUPS));
  const over =
    (verify: VerifyToken): Side =>
    (index) =>
      verify(tokens[index % TOKENS] as string);
  const all = Object.entries(verifiers());
  const sides: Record<string, Side> = {};
  for (const [name, { fresh, seen }] of all) {
    await check(name, fresh, tokens);
    sides[`${name}, fresh`] = over(fresh);
    if (seen === undefined) continue;
    await check(name, seen, tokens);
    sides[`${name}, seen`] = over(seen);
  }
  const times = await inTurns(sides, turns);
  return all.map(([name, { seen }]) => ({
    name,
    fresh: times[`${name}, fresh`] as number,
    seen: seen === undefined ? null : (times[`${name}, seen`] as number),
  }));
}

async function check(name: string, verify: VerifyToken, tokens: readonly string[]): Promise<void> {
  const judge = bareVerifier(TRUST);
  for (const token of tokens) {
    const { sub } = await judge(token);
    const answer = (await verify(token)) as { readonly sub?: unknown };
    if (subjectOf(answer) !== sub) throw new Error(`${name} does not say who has a good token`);
  }
  for (const [what, token] of Object.entries(refusedTokens(GROUPS))) {
    for (const side of [judge, verify]) {
      if (!(await refuses(side, token))) throw new Error(`${name} accepts ${what}`);
    }
  }
}

function subjectOf(answer: object): unknown {
  if ("sub" in answer) return answer.sub;
  return "claims" in answer ? (answer.claims as { readonly sub?: unknown }).sub : undefined;
}

async function refuses(verify: VerifyToken, token: string): Promise<boolean> {
  try {
    await verify(token);
    return false;
  } catch {
    return true;
  }
}
