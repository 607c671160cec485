import {
  FetchError,
  JwtInvalidIssuerError,
  KidNotFoundInJwksError,
  NonRetryableFetchError,
} from "aws-jwt-verify/error";
import fc from "fast-check";
import { jwksCacheFrom } from "../../../src/token/custom-keys.ts";
import {
  FIRST_PAUSE,
  type JwksCache,
  publishedKeysCache,
  REFRESH_INTERVAL,
} from "../../../src/token/signing-keys-cache.ts";
import { verificationError } from "../../../src/token/verification-error.ts";
import { createKeyPair } from "../../../src/tools/cognito/tokens/signing.ts";
import { jwksBytes } from "../../support/authorization.ts";

const URI = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool/.well-known/jwks.json";
const OTHER_FORM =
  "https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool/.well-known/jwks.json";
const OLD = createKeyPair("old");
const NEW = createKeyPair("new");

/** A pool whose published keys change, a clock that is moved, and a count of fetches. */
function world() {
  const state = {
    keys: [OLD],
    now: 0,
    fetches: 0,
    fail: undefined as Error | undefined,
    body: undefined as string | undefined,
  };
  const cache = jwksCacheFrom(
    () => {
      state.fetches += 1;
      if (state.fail !== undefined) return Promise.reject(state.fail);
      const { body, keys } = state;
      return Promise.resolve(body === undefined ? jwksBytes(keys) : new TextEncoder().encode(body).buffer);
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

  test("within the interval a key id that is not in the set is missing, without a fetch", async () => {
    const { state, cache } = world();
    await expect(keyId(cache, "retired")).rejects.toBeInstanceOf(KidNotFoundInJwksError);
    await expect(keyId(cache, "retired")).rejects.toBeInstanceOf(KidNotFoundInJwksError);
    await expect(keyId(cache, "another")).rejects.toBeInstanceOf(KidNotFoundInJwksError);
    expect(state.fetches).toBe(1);
  });

  test("a key rotated in while invented key ids arrive is found when the interval ends", async () => {
    const { state, cache } = world();
    await expect(keyId(cache, "made-up")).rejects.toBeInstanceOf(KidNotFoundInJwksError);
    state.keys = [OLD, NEW];
    await expect(keyId(cache, "new")).rejects.toBeInstanceOf(KidNotFoundInJwksError);
    state.now += REFRESH_INTERVAL;
    expect(await keyId(cache, "new")).toBe("new");
  });

  test("a failed fetch is tried again a second later, and is the same error until then", async () => {
    const { state, cache } = world();
    const failed = () => keyId(cache, "old").catch((error: unknown) => error);
    state.fail = new Error("connection refused");
    const first = await failed();
    expect(first).toBeInstanceOf(FetchError);
    state.fail = undefined;
    state.now += FIRST_PAUSE - 1;
    expect(await failed()).toBe(first);
    expect(state.fetches).toBe(1);
    state.now += 1;
    expect(await keyId(cache, "old")).toBe("old");
  });

  const KEY_WITHOUT_ID = JSON.stringify({
    keys: [{ kty: "RSA", use: "sig", alg: "RS256", n: "AQAB", e: "AQAB" }],
  });

  test.each([
    '{"keys":[]}',
    "{}",
    "[]",
    "null",
    '{"keys":null}',
    '{"keys":[{}]}',
    "",
    "<html>",
    KEY_WITHOUT_ID,
  ])(
    "an answer without keys, %j, is an outage: what is known stays in force, and the pause is one of failures",
    async (body) => {
      const { state, cache } = world();
      await keyId(cache, "old");
      const { generation } = cache;
      state.body = body;
      const failed = () => keyId(cache, "made-up").catch((error: unknown) => error);
      const first = await failed();
      expect(verificationError(first).code).toBe("keys_unavailable");
      expect(await failed()).toBe(first);
      expect(await keyId(cache, "old")).toBe("old");
      expect(cache.generation).toBe(generation);
      expect(state.fetches).toBe(2);
      state.body = undefined;
      state.keys = [OLD, NEW];
      state.now += FIRST_PAUSE;
      expect(await keyId(cache, "new")).toBe("new");
    },
  );

  test("a first answer without keys is an outage too, not a bad token", async () => {
    const { state, cache } = world();
    state.body = '{"keys":[]}';
    const error = await keyId(cache, "old").catch((thrown: unknown) => thrown);
    expect(verificationError(error).code).toBe("keys_unavailable");
  });

  test("all who wait for a fetch wait for the same one", async () => {
    const { state, cache } = world();
    state.fail = new Error("connection refused");
    const answers = await Promise.allSettled([keyId(cache, "a"), keyId(cache, "b"), cache.getJwks(URI)]);
    const reasons: unknown[] = answers.map((answer): unknown =>
      answer.status === "rejected" ? answer.reason : "fetched",
    );
    expect(new Set(reasons).size).toBe(1);
    expect(state.fetches).toBe(1);
  });

  test("an outage costs one fetch in ten seconds in the end, and one that is over starts again", async () => {
    const { state, cache } = world();
    state.fail = new Error("connection refused");
    const fetchedAt: number[] = [];
    for (; state.now < 60_000; state.now += 500) {
      const before = state.fetches;
      await expect(keyId(cache, "old")).rejects.toBeInstanceOf(FetchError);
      if (state.fetches > before) fetchedAt.push(state.now / 1000);
    }
    expect(fetchedAt).toEqual([0, 1, 3, 7, 15, 25, 35, 45, 55]);
    state.fail = undefined;
    state.now += REFRESH_INTERVAL;
    expect(await keyId(cache, "old")).toBe("old");
    state.fail = new Error("connection refused");
    await expect(keyId(cache, "new")).rejects.toBeInstanceOf(FetchError);
    state.now += FIRST_PAUSE;
    const before = state.fetches;
    await expect(keyId(cache, "new")).rejects.toBeInstanceOf(FetchError);
    expect(state.fetches).toBe(before + 1);
  });

  test("the trouble of one key set does not keep another from being fetched", async () => {
    const { state, cache } = world();
    state.fail = new Error("connection refused");
    await expect(keyId(cache, "old")).rejects.toBeInstanceOf(FetchError);
    state.fail = undefined;
    expect(await keyId(cache, "old", URI.replace("LocalPool", "Other"))).toBe("old");
  });

  test("however tokens come, the fetches of a key set are bounded by the time that passed", async () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 4_000 }),
      kid: fc.constantFrom("old", "new", "made-up", "a", "b"),
      down: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { state, cache } = world();
        for (const { wait, kid, down } of steps) {
          state.now += wait;
          state.fail = down ? new Error("down") : undefined;
          await keyId(cache, kid).catch(() => undefined);
        }
        // In any ten seconds: those of a troubled start (0, 1, 3, 7), the one that ends it and one for an unknown key.
        expect(state.fetches).toBeLessThanOrEqual(6 * (1 + state.now / REFRESH_INTERVAL));
      }),
    );
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

  test("the generation grows with each change of a known key set, and with nothing else", async () => {
    const { state, cache } = world();
    const fetched = async (keys: typeof state.keys) => {
      state.keys = keys;
      await cache.getJwks(URI);
      return cache.generation;
    };
    expect(cache.generation).toBe(0);
    expect(await fetched([OLD])).toBe(0);
    expect(await fetched([OLD])).toBe(0);
    expect(await fetched([OLD, NEW])).toBe(1);
    expect(await fetched([OLD, NEW])).toBe(1);
    expect(await fetched([NEW])).toBe(2);
    await cache.getJwks(OTHER_FORM);
    expect(cache.generation).toBe(2);
  });

  test("a pool that has keys under the updated form only is a wrong issuer under the original one", async () => {
    const { state, cache } = world();
    await keyId(cache, "old", OTHER_FORM);
    state.fail = new NonRetryableFetchError(URI, "Status code is 404, expected 200");
    await expect(keyId(cache, "x")).rejects.toEqual(
      new JwtInvalidIssuerError("the pool publishes no keys for this issuer", undefined),
    );
  });

  test("a key set of 65,536 bytes is read, and a larger one is an outage", async () => {
    const { state, cache } = world();
    const padded = (bytes: number) => {
      const text = new TextDecoder().decode(jwksBytes([OLD]));
      return text.slice(0, -1) + " ".repeat(bytes - text.length) + text.slice(-1);
    };
    state.body = padded(65_536);
    expect(await keyId(cache, "old")).toBe("old");
    state.body = padded(65_537);
    await expect(cache.getJwks(URI)).rejects.toMatchObject({
      message: expect.stringMatching(/larger than 65536 bytes/) as string,
    });
  });

  test("a set without keys, and a key that is not published, are named in the error", async () => {
    const { state, cache } = world();
    await expect(keyId(cache, "made-up")).rejects.toThrow();
    await expect(keyId(cache, "made-up")).rejects.toThrow("the pool did not publish this key a moment ago");
    state.body = "{}";
    state.now += REFRESH_INTERVAL;
    await expect(cache.getJwks(URI)).rejects.toMatchObject({
      message: expect.stringMatching(/the key set has no keys/) as string,
    });
  });

  test("the cache of deployed functions starts with no change, on the clock of the process", async () => {
    const clock = jest.spyOn(performance, "now").mockReturnValue(7);
    const cache = publishedKeysCache();
    expect(cache.generation).toBe(0);
    let fetches = 0;
    const failing = jwksCacheFrom(() => {
      fetches += 1;
      return Promise.reject(new Error("down"));
    });
    await expect(keyId(failing, "old")).rejects.toThrow();
    await expect(keyId(failing, "old")).rejects.toThrow();
    expect(fetches).toBe(1);
    clock.mockRestore();
  });
});
