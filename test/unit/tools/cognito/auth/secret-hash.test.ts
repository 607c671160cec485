import { assertSecretHash, secretHashOf } from "../../../../../src/tools/cognito/auth/secret-hash.ts";
import { testClient } from "../../../../support/user-pool.ts";

// printf 'aliceclient-id' | openssl dgst -sha256 -hmac 'client-secret' -binary | base64
const HASH = "qROqM+PMKX09MK8ulDVm8LCWdCRqQQEUG9HcF+N7/S4=";

test("the hash is that of name and client id, by the secret", () => {
  expect(secretHashOf("client-id", "client-secret", "alice")).toBe(HASH);
});

test("a client with a secret takes the hash of this name alone", () => {
  const client = { ...testClient(), id: "client-id", secret: "client-secret" };
  expect(() => assertSecretHash(client, "alice", HASH)).not.toThrow();
  for (const [name, hash] of [
    ["bob", HASH],
    ["alice", `${HASH} `],
    ["alice", ""],
    ["alice", HASH.toLowerCase()],
  ] as const) {
    expect(() => assertSecretHash(client, name, hash)).toThrow(
      "Unable to verify secret hash for client client-id",
    );
  }
  expect(() => assertSecretHash(client, "alice", undefined)).toThrow(/SECRET_HASH was not received$/);
});

test("a client without a secret takes none", () => {
  expect(() => assertSecretHash(testClient(), "alice", undefined)).not.toThrow();
  expect(() => assertSecretHash(testClient(), "alice", HASH)).toThrow(/is not configured for secret/);
});
