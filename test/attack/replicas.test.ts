import { jwksCacheFrom } from "../../src/token/custom-keys.ts";
import { createGivenKeys, giveKeys } from "../../src/token/given-keys.ts";
import { createTokenVerifier } from "../../src/token/verify.ts";
import { createKeyPair, jwksOf } from "../../src/tools/cognito/tokens/signing.ts";
import { APP_CLIENTS, jwksBytes, POOL_KEY, tokenOf } from "../support/authorization.ts";

// A pool has a replica in another region, or a function was given keys when it was packaged. The attacker has a pool of
// their own, or an old key.

const POOL = "eu-west-1_Main";
const issuerIn = (region: string, pool = POOL) => `https://cognito-idp.${region}.amazonaws.com/${pool}`;

/** What becomes of tokens, and which key sets were fetched for them. */
function world(keys = [POOL_KEY], given?: readonly unknown[]) {
  const fetched: string[] = [];
  const cache = jwksCacheFrom((uri) => {
    fetched.push(uri);
    return given === undefined ? Promise.resolve(jwksBytes(keys)) : Promise.reject(new Error("no network"));
  });
  const issuers = [issuerIn("eu-west-1"), issuerIn("eu-central-1")];
  if (given !== undefined) {
    const keySets = Object.fromEntries(issuers.map((issuer) => [issuer, { keys: given }]));
    giveKeys(cache, createGivenKeys({ fetchedAt: "2026-11-29T09:00:00.000Z", keySets }), new Set(issuers));
  }
  const verifier = createTokenVerifier({
    issuers: [{ userPoolId: POOL, appClients: APP_CLIENTS, additionalRegions: ["eu-central-1"] }],
    jwksCache: cache,
    now: () => Date.now() / 1000,
  });
  const verify = (token: string) =>
    verifier.verify(token).then(
      ({ kind }) => kind,
      (error: unknown) => (error as { readonly code?: string }).code,
    );
  return { verify, fetched };
}

test("a token of the primary region and one of the replica are good: what follows is refused for its own reason", async () => {
  const { verify } = world();
  expect(await verify(tokenOf("alice", { iss: issuerIn("eu-west-1") }))).toBe("user");
  expect(await verify(tokenOf("alice", { iss: issuerIn("eu-central-1") }))).toBe("user");
});

describe("an issuer that looks like a replica is refused, and its keys are not fetched", () => {
  test.each([
    ["a region without a replica", issuerIn("us-east-1")],
    ["the region of the replica in capitals", issuerIn("EU-CENTRAL-1")],
    ["another pool in that region", issuerIn("eu-central-1", "eu-west-1_Mine")],
    ["the id that a pool of that region would have", issuerIn("eu-central-1", "eu-central-1_Main")],
    ["another host", `https://cognito-idp.eu-central-1.amazonaws.com.evil.example/${POOL}`],
    ["a user before the host", `https://cognito-idp.eu-central-1.amazonaws.com@evil.example/${POOL}`],
    ["another scheme", `http://cognito-idp.eu-central-1.amazonaws.com/${POOL}`],
    ["a slash at the end", `${issuerIn("eu-central-1")}/`],
    ["a path before the pool", `https://cognito-idp.eu-central-1.amazonaws.com/x/../${POOL}`],
    ["a port", `https://cognito-idp.eu-central-1.amazonaws.com:443/${POOL}`],
    ["a query", `${issuerIn("eu-central-1")}?x`],
    ["both regions", issuerIn("eu-west-1.eu-central-1")],
    [
      "the form that the pool does not issue",
      issuerIn("eu-central-1").replace("cognito-idp", "issuer-cognito-idp"),
    ],
  ])("%s", async (_what, iss) => {
    const { verify, fetched } = world();
    expect(await verify(tokenOf("alice", { iss }))).toBe("token_issuer_invalid");
    expect(fetched).toEqual([]);
  });
});

describe("where keys were given", () => {
  const GIVEN = jwksOf([POOL_KEY]).keys;

  test("a key of the attacker under the id of a given one signs nothing", async () => {
    const { verify } = world([], GIVEN);
    expect(await verify(tokenOf("alice", { iss: issuerIn("eu-west-1") }))).toBe("user");
    const forged = tokenOf("alice", { iss: issuerIn("eu-west-1") }, createKeyPair(POOL_KEY.kid));
    expect(await verify(forged)).toBe("token_signature_invalid");
  });

  test("a key that was not given is neither good nor bad without a network: an error, and no answer", async () => {
    const { verify } = world([], GIVEN);
    const unknown = tokenOf("alice", { iss: issuerIn("eu-central-1") }, createKeyPair("own"));
    expect(await verify(unknown)).toBe("keys_unavailable");
  });

  test("keys of a pool are not keys of another issuer", async () => {
    const { verify } = world([], GIVEN);
    expect(await verify(tokenOf("alice", { iss: issuerIn("us-east-1") }))).toBe("token_issuer_invalid");
  });
});
