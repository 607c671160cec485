import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal, MemoryStore } from "../../../../../src/tools/cognito/directory/journal.ts";
import { verifiedAccessToken } from "../../../../../src/tools/cognito/tokens/access-token-guard.ts";
import { signClaims } from "../../../../../src/tools/cognito/tokens/signing.ts";
import { storedKeyRing } from "../../../../../src/tools/cognito/tokens/stored-key-ring.ts";

const claims = { sub: "s", token_use: "access", exp: 2 };

test("a pool signs access tokens and ID tokens with different keys, and publishes both", () => {
  const ring = storedKeyRing(new MemoryStore());
  const { access, id } = ring.current();

  expect(access.kid).not.toBe(id.kid);
  expect(ring.current()).toEqual({ access, id });
  expect(ring.published().map(({ kid }) => kid)).toEqual([id.kid, access.kid]);
});

test("keys are published before the first token is signed, and sign it then", () => {
  const ring = storedKeyRing(new MemoryStore());
  const published = ring.published().map(({ kid }) => kid);

  expect(published).toContain(ring.current().access.kid);
});

test("after a rotation new keys sign, and tokens of the old ones stay valid", () => {
  const ring = storedKeyRing(new MemoryStore());
  const old = signClaims(claims, ring.current().access);
  ring.rotate();

  expect(ring.published()).toHaveLength(4);
  expect(verifiedAccessToken(old, ring.published(), 0)).toEqual(claims);
  expect(verifiedAccessToken(signClaims(claims, ring.current().access), ring.published(), 0)).toEqual(claims);
});

test("tokens outlive a restart, and the newest keys go on signing", () => {
  const directory = mkdtempSync(join(tmpdir(), "claimgate-keys-"));
  try {
    const file = join(directory, "pool.jsonl");
    const before = storedKeyRing(new Journal(file));
    const token = signClaims(claims, before.current().access);
    before.rotate();

    const after = storedKeyRing(new Journal(file));

    expect(verifiedAccessToken(token, after.published(), 0)).toEqual(claims);
    expect(after.current().access.kid).toBe(before.current().access.kid);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
