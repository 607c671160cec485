import { JwtInvalidIssuerError } from "aws-jwt-verify/error";
import { acceptedKeySets } from "../../../src/token/accepted-key-sets.ts";
import { keysCache, POOL_KEY } from "../../support/authorization.ts";

const OURS = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ours/.well-known/jwks.json";
const OTHER = OURS.replace("Ours", "Other");
const TOKEN = { header: { kid: POOL_KEY.kid, alg: "RS256" }, payload: {} };

const setUp = () => acceptedKeySets(keysCache(), new Set([OURS]));

const REFUSAL = new JwtInvalidIssuerError("the issuer is not one of the configured forms", undefined);

describe("a key set that is accepted", () => {
  test("is fetched, and its keys are found from then on", async () => {
    const cache = setUp();
    expect((await cache.getJwks(OURS)).keys).toHaveLength(1);
    expect((await cache.getJwk(OURS, TOKEN)).kid).toBe(POOL_KEY.kid);
    expect(cache.getCachedJwk(OURS, TOKEN).kid).toBe(POOL_KEY.kid);
  });

  test("can be added", () => {
    const cache = setUp();
    cache.addJwks(OURS, { keys: [{ ...POOL_KEY.publicJwk }] });
    expect(cache.getCachedJwk(OURS, TOKEN).kid).toBe(POOL_KEY.kid);
  });
});

test("any other key set is another issuer's, however it is asked for", async () => {
  const cache = setUp();
  await expect(cache.getJwks(OTHER)).rejects.toEqual(REFUSAL);
  await expect(cache.getJwk(OTHER, TOKEN)).rejects.toEqual(REFUSAL);
  expect(() => cache.getCachedJwk(OTHER, TOKEN)).toThrow(REFUSAL);
});
