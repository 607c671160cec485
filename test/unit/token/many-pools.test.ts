import { jwksCacheFrom } from "../../../src/token/custom-keys.ts";
import type { Issuer } from "../../../src/token/issuer.ts";
import { createTokenVerifier } from "../../../src/token/verify.ts";
import { type Claims, signClaims } from "../../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../../src/tools/local/identifiers.ts";
import { claimsOf, jwksBytes, POOL_KEY, tokenOf } from "../../support/authorization.ts";

const OWN: Issuer = {
  userPoolId: LOCAL.userPoolId,
  appClients: new Map(Object.entries(LOCAL.appClients)),
  poolAlias: "main",
};
const POOLS = Array.from({ length: 1000 }, (_, index): Issuer => {
  const appClients = new Map([[`web-${index}`, `client${index}`]]);
  return { userPoolId: `us-east-1_Tenant${index}`, appClients, poolAlias: `t${index}` };
});
const issuerOf = (index: number) => `https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Tenant${index}`;

/** A verifier of so many pools, those with the highest numbers last, and the key sets that it fetched. */
function verifying(issuers: readonly Issuer[]) {
  const fetched: string[] = [];
  const jwksCache = jwksCacheFrom((uri) => {
    fetched.push(uri);
    return Promise.resolve(jwksBytes([POOL_KEY]));
  });
  return { verifier: createTokenVerifier({ issuers, jwksCache, now: () => Date.now() / 1000 }), fetched };
}

const of = (index: number, changes: Claims = {}) =>
  tokenOf("alice", { iss: issuerOf(index), client_id: `client${index}`, ...changes });
const { iss: _iss, ...nameless } = claimsOf("alice");
const valid = of(999);

const TOKENS: Readonly<Record<string, string>> = {
  "of the own pool": tokenOf("alice"),
  "of another pool": valid,
  "of no pool": tokenOf("alice", { iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Nobody" }),
  "of the form that a pool does not publish": of(999, {
    iss: issuerOf(999).replace("cognito-idp", "issuer-cognito-idp"),
  }),
  "of a pool with the app client of another": of(999, { client_id: "client998" }),
  "without an issuer": signClaims(nameless, POOL_KEY),
  "with an issuer that is a number": tokenOf("alice", { iss: 7 }),
  "with the name of a member of every object as issuer": tokenOf("alice", { iss: "constructor" }),
  "for another use": of(999, { token_use: "id" }),
  "that has expired": of(999, { iat: 1, exp: 2 }),
  "with a broken signature": `${valid.slice(0, -8)}AAAAAAAA`,
  "with a payload that is not JSON": valid.replace(/\.[^.]*\./, ".e30x."),
  "that is not a JWT": "x",
  "that is empty": "",
};

const outcome = (verifier: ReturnType<typeof verifying>["verifier"], token: string) =>
  verifier.verify(token).then(
    ({ kind, userPoolId, poolAlias, client }) => ({ kind, userPoolId, poolAlias, client }),
    (error: unknown) => ({ code: (error as { readonly code?: string }).code }),
  );

describe("a verifier of a thousand pools", () => {
  const few = [OWN, ...POOLS.slice(-7)];
  const many = [OWN, ...POOLS];

  test.each(Object.keys(TOKENS))("answers a token %s as one of few pools does", async (what) => {
    const token = TOKENS[what] ?? "";
    const [eager, lazy] = [verifying(few), verifying(many)];
    expect(await outcome(lazy.verifier, token)).toEqual(await outcome(eager.verifier, token));
    expect(lazy.fetched).toEqual(eager.fetched);
  });

  test("tells whose token it is, and fetches the keys of that pool only", async () => {
    const { verifier, fetched } = verifying(many);
    expect(await outcome(verifier, of(123))).toMatchObject({
      kind: "user",
      poolAlias: "t123",
      client: "web-123",
    });
    expect(await outcome(verifier, of(123))).toMatchObject({ kind: "user" });
    expect(fetched).toEqual([`${issuerOf(123)}/.well-known/jwks.json`]);
  });

  test("fetches the keys of the own pool and of a few others ahead, not of a thousand", async () => {
    const { verifier, fetched } = verifying(many);
    expect(await verifier.hydrate()).toBeUndefined();
    expect(fetched).toContain(`${LOCAL.issuer}/.well-known/jwks.json`);
    expect(fetched).toHaveLength(8);
  });

  test("refuses a pool, an alias and the name of an app client that is there twice", () => {
    const [first, ...others] = POOLS;
    for (const twice of [
      { ...first, poolAlias: "x", appClients: new Map([["x", "x"]]) },
      { ...first, userPoolId: "us-east-1_X", appClients: new Map([["x", "x"]]) },
      { ...first, userPoolId: "us-east-1_X", poolAlias: "x" },
    ]) {
      expect(() => verifying([OWN, ...POOLS, twice as Issuer])).toThrow(/twice|two user pools/);
      expect(() => verifying([OWN, ...others, twice as Issuer])).not.toThrow();
    }
  });
});
