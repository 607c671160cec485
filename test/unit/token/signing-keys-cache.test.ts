import {
  FetchError,
  JwtInvalidIssuerError,
  KidNotFoundInJwksError,
  NonRetryableFetchError,
  WaitPeriodNotYetEndedJwkError,
} from "aws-jwt-verify/error";
import { createKeyPair } from "../../../src/local/tokens.ts";
import { jwksCacheFrom } from "../../../src/token/custom-keys.ts";
import { type JwksCache, REFRESH_INTERVAL } from "../../../src/token/signing-keys-cache.ts";
import { jwksBytes } from "../../support/authorization.ts";

const URI = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool/.well-known/jwks.json";
const OTHER_FORM =
  "https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool/.well-known/jwks.json";
const OLD = createKeyPair("old");
const NEW = createKeyPair("new");

/** A pool whose published keys change, a clock that is moved, and a count of fetches. */
function world() {
  const state = { keys: [OLD], now: 0, fetches: 0, fail: undefined as Error | undefined };
  const cache = jwksCacheFrom(
    () => {
      state.fetches += 1;
      return state.fail === undefined ? Promise.resolve(jwksBytes(state.keys)) : Promise.reject(state.fail);
    },
    () => state.now,
  );
  return { state, cache };
}

const keyId = async (cache: JwksCache, kid: string, uri = URI) =>
  (await cache.getJwk(uri, { header: { kid, alg: "RS256" }, payload: {} })).kid;

describe("the cache of the pool's keys", () => {
  test("fetches once for all tokens of a known key", async () => {
    const { state, cache } = world();
    await keyId(cache, "old");
    await keyId(cache, "old");
    expect(state.fetches).toBe(1);
  });

  test("finds a key that the pool rotated in", async () => {
    const { state, cache } = world();
    await keyId(cache, "old");
    state.keys = [OLD, NEW];
    expect(await keyId(cache, "new")).toBe("new");
  });

  test("made-up key ids cause one fetch an interval, and known keys are not disturbed", async () => {
    const { state, cache } = world();
    await keyId(cache, "old");
    for (let attempt = 0; attempt < 50; attempt += 1) {
      await expect(keyId(cache, `made-up-${attempt}`)).rejects.toThrow();
      expect(await keyId(cache, "old")).toBe("old");
    }
    expect(state.fetches).toBe(2);
  });

  test("within the interval a key id that was looked for is missing, another cannot be judged", async () => {
    const { cache } = world();
    await expect(keyId(cache, "retired")).rejects.toBeInstanceOf(KidNotFoundInJwksError);
    await expect(keyId(cache, "retired")).rejects.toBeInstanceOf(KidNotFoundInJwksError);
    await expect(keyId(cache, "another")).rejects.toBeInstanceOf(WaitPeriodNotYetEndedJwkError);
  });

  test("a key rotated in while somebody makes up key ids is found when the interval ends", async () => {
    const { state, cache } = world();
    await expect(keyId(cache, "made-up")).rejects.toBeInstanceOf(KidNotFoundInJwksError);
    state.keys = [OLD, NEW];
    await expect(keyId(cache, "new")).rejects.toBeInstanceOf(WaitPeriodNotYetEndedJwkError);
    state.now += REFRESH_INTERVAL;
    expect(await keyId(cache, "new")).toBe("new");
  });

  test("an outage is not remembered: the next token fetches again", async () => {
    const { state, cache } = world();
    state.fail = new Error("connection refused");
    await expect(keyId(cache, "old")).rejects.toBeInstanceOf(FetchError);
    state.fail = undefined;
    expect(await keyId(cache, "old")).toBe("old");
  });

  test("a pool that has no keys under its other issuer form is a wrong issuer, asked once an interval", async () => {
    const { state, cache } = world();
    await keyId(cache, "old");
    state.fail = new NonRetryableFetchError(OTHER_FORM, "Status code is 403, expected 200");
    await expect(keyId(cache, "x", OTHER_FORM)).rejects.toBeInstanceOf(JwtInvalidIssuerError);
    await expect(keyId(cache, "y", OTHER_FORM)).rejects.toBeInstanceOf(JwtInvalidIssuerError);
    expect(state.fetches).toBe(2);
    state.now += REFRESH_INTERVAL;
    state.fail = undefined;
    state.keys = [NEW];
    expect(await keyId(cache, "new", OTHER_FORM)).toBe("new");
  });

  test.each([
    ["before any keys were seen", false, "Status code is 403, expected 200"],
    ["with a server error", true, "Status code is 503, expected 200"],
  ])("a refusal %s stays an outage", async (_when, seen, message) => {
    const { state, cache } = world();
    if (seen) await keyId(cache, "old");
    state.fail = new NonRetryableFetchError(OTHER_FORM, message);
    await expect(keyId(cache, "x", OTHER_FORM)).rejects.toBeInstanceOf(FetchError);
  });
});
