import { jwksCacheFrom } from "../../../src/token/custom-keys.ts";
import { ageInDays, createGivenKeys, giveKeys } from "../../../src/token/given-keys.ts";
import { createKeyPair, jwksOf } from "../../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../../src/tools/local/identifiers.ts";
import { jwksBytes, localVerifier, POOL_KEY, tokenOf } from "../../support/authorization.ts";
import { thrownBy } from "../../support/thrown.ts";

const [KEY] = jwksOf([POOL_KEY]).keys;
const FETCHED_AT = "2026-11-29T09:00:00.000Z";
const withKeys = (keys: readonly unknown[]) => ({
  fetchedAt: FETCHED_AT,
  keySets: { [LOCAL.issuer]: { keys } },
});
const GIVEN = withKeys([KEY]);

/** A function that was given the key of the pool, and what it fetches. */
function started(fetched: () => Promise<ArrayBuffer>) {
  const cache = jwksCacheFrom(fetched);
  giveKeys(cache, createGivenKeys(GIVEN), new Set([LOCAL.issuer]));
  return { cache, verifier: localVerifier(cache) };
}
const noNetwork = () => Promise.reject(new Error("no network"));

describe("keys that a function was given", () => {
  test("verify tokens where nothing can be fetched, and after the fetch at the start has failed", async () => {
    const { verifier } = started(noNetwork);
    expect((await verifier.verify(tokenOf("alice"))).kind).toBe("user");
    expect(await verifier.hydrate()).toMatchObject({ code: "keys_unavailable" });
    expect((await verifier.verify(tokenOf("alice"))).kind).toBe("user");
  });

  test("make no bad token of one that names a key of a rotation: without a network, nobody can tell", async () => {
    const { verifier } = started(noNetwork);
    const rotated = tokenOf("alice", {}, createKeyPair("rotated-in"));
    await expect(verifier.verify(rotated)).rejects.toMatchObject({ code: "keys_unavailable" });
  });

  test("are replaced by those that the pool publishes, and what was remembered of them is forgotten", async () => {
    const next = createKeyPair("rotated-in");
    const { cache, verifier } = started(() => Promise.resolve(jwksBytes([next])));
    expect((await verifier.verify(tokenOf("alice"))).kind).toBe("user");
    const before = cache.generation;
    expect((await verifier.verify(tokenOf("alice", {}, next))).kind).toBe("user");
    expect(cache.generation).toBeGreaterThan(before);
    await expect(verifier.verify(tokenOf("alice"))).rejects.toMatchObject({
      code: "token_signature_invalid",
    });
  });

  test("that the pool still publishes change nothing", async () => {
    const { cache, verifier } = started(() => Promise.resolve(jwksBytes([POOL_KEY])));
    const before = cache.generation;
    expect(await verifier.hydrate()).toBeUndefined();
    expect(cache.generation).toBe(before);
  });

  test("have an age in whole days", () => {
    const at = (time: string) => ageInDays(createGivenKeys(GIVEN), Date.parse(time) / 1000);
    expect(at("2026-11-30T08:59:59.000Z")).toBe(0);
    expect(at("2026-12-29T09:00:00.000Z")).toBe(30);
  });

  test.each<[string, unknown, RegExp]>([
    ["a list", [], /`fetchedAt`/],
    ["a time that is not one", { ...GIVEN, fetchedAt: "yesterday" }, /`fetchedAt`/],
    ["no key set", { fetchedAt: FETCHED_AT, keySets: {} }, /no key set/],
    ["a set without keys", withKeys([]), /not one of a user pool/],
    ["a key without an id", withKeys([{ ...KEY, kid: undefined }]), /not one of a user pool/],
    ["a key for another algorithm", withKeys([{ ...KEY, alg: "HS256" }]), /not one of a user pool/],
    ["a private key", withKeys([{ ...KEY, d: "AQAB" }]), /not one of a user pool/],
  ])("are refused: %s", (_what, value, message) => {
    expect(thrownBy(() => createGivenKeys(value))).toMatchObject({
      code: "configuration_invalid",
      message: expect.stringMatching(message) as string,
    });
  });

  test("are refused of an issuer that is not configured", () => {
    const cache = jwksCacheFrom(noNetwork);
    expect(
      thrownBy(() => giveKeys(cache, createGivenKeys(GIVEN), new Set(["https://other.example"]))),
    ).toMatchObject({
      code: "configuration_invalid",
    });
  });
});
