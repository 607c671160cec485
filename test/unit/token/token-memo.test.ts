import { createTokenMemo, MAX_MEMO_AGE } from "../../../src/token/token-memo.ts";
import type { VerifiedToken } from "../../../src/token/verified-token.ts";
import { localVerifier, nowSeconds, tokenOf } from "../../support/authorization.ts";

const setUp = (entries = 10) => {
  const verifier = localVerifier();
  const world = {
    now: nowSeconds(),
    generation: 0,
    verified: [] as string[],
    during: () => Promise.resolve(),
  };
  const memo = createTokenMemo({
    verify: async (token): Promise<VerifiedToken> => {
      world.verified.push(token);
      const verified = await verifier.verify(token);
      await world.during();
      return verified;
    },
    keys: {
      get generation() {
        return world.generation;
      },
    },
    entries,
    now: () => world.now,
  });
  return { world, memo };
};

test("a token that was verified is not verified again", async () => {
  const { world, memo } = setUp();
  const token = tokenOf("alice");
  const first = await memo(token);
  expect(await memo(token)).toBe(first);
  expect(world.verified).toEqual([token]);
});

test("a token that differs in its last character is another token", async () => {
  const { world, memo } = setUp();
  const token = tokenOf("alice");
  await memo(token);
  const other = token.slice(0, -1) + (token.endsWith("A") ? "B" : "A");
  await memo(other).catch(() => undefined);
  expect(world.verified).toEqual([token, other]);
});

test("a refusal is not remembered: what failed is looked at again", async () => {
  const { world, memo } = setUp();
  const expired = tokenOf("alice", { iat: nowSeconds() - 7200, exp: nowSeconds() - 3600 });
  await expect(memo(expired)).rejects.toMatchObject({ code: "token_expired" });
  await expect(memo(expired)).rejects.toMatchObject({ code: "token_expired" });
  expect(world.verified).toHaveLength(2);
});

test("a token is verified again from the second it expires", async () => {
  const { world, memo } = setUp();
  const token = tokenOf("alice", { iat: world.now - 10, exp: world.now + 20 });
  await memo(token);
  world.now += 19;
  await memo(token);
  expect(world.verified).toHaveLength(1);
  world.now += 1;
  await memo(token);
  expect(world.verified).toHaveLength(2);
});

test("a token is verified again after the longest age, however often it is used", async () => {
  const { world, memo } = setUp();
  const token = tokenOf("alice");
  await memo(token);
  world.now += MAX_MEMO_AGE - 1;
  await memo(token);
  expect(world.verified).toHaveLength(1);
  world.now += 1;
  await memo(token);
  expect(world.verified).toHaveLength(2);
});

test("a clock that goes back makes nothing younger", async () => {
  const { world, memo } = setUp();
  const token = tokenOf("alice");
  await memo(token);
  world.now -= 1;
  await memo(token);
  expect(world.verified).toHaveLength(2);
});

test("other keys of the pool empty it", async () => {
  const { world, memo } = setUp();
  const token = tokenOf("alice");
  await memo(token);
  world.generation += 1;
  await memo(token);
  expect(world.verified).toHaveLength(2);
});

test("a token whose key may have gone while it was verified is not remembered", async () => {
  const { world, memo } = setUp();
  const token = tokenOf("alice");
  world.during = () => {
    world.generation += 1;
    return Promise.resolve();
  };
  await memo(token);
  world.during = () => Promise.resolve();
  await memo(token);
  await memo(token);
  expect(world.verified).toHaveLength(2);
});

test("it holds no more than it may, and forgets what was not used for the longest time", async () => {
  const { world, memo } = setUp(2);
  const [a, b, c] = [tokenOf("alice"), tokenOf("ada"), tokenOf("pat")];
  for (const token of [a, b, a, c]) await memo(token);
  expect(world.verified).toEqual([a, b, c]);
  await memo(a);
  expect(world.verified).toEqual([a, b, c]);
  await memo(b);
  expect(world.verified).toEqual([a, b, c, b]);
});
