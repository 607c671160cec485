import { STOP_KEY, type StopChange } from "../../../src/token/emergency-stop.ts";
import {
  createMemoryRevocations,
  createRevocationCheck,
  forgottenAt,
  isRevoked,
  type Revocation,
  type Revocations,
  revocationKey,
  revocationKeys,
} from "../../../src/token/revocation.ts";
import type { VerifiedToken } from "../../../src/token/verified-token.ts";
import { localVerifier, nowSeconds, tokenOf } from "../../support/authorization.ts";

const verifier = localVerifier();
const verify = (token: string) => verifier.verify(token);

function checkedBy(revocations: Revocations, onFailure: "closed" | "open" = "closed") {
  const unchecked: unknown[] = [];
  const check = createRevocationCheck({
    verify,
    revocations,
    onFailure,
    unchecked: (error) => unchecked.push(error),
  });
  return { check, unchecked };
}

describe("a token", () => {
  const issued = nowSeconds() - 100;
  const token = tokenOf("alice", { iat: issued, origin_jti: "sign-in-1" });

  const revoked = async (key: (verified: VerifiedToken) => string, before: number | undefined) => {
    const { check } = checkedBy(createMemoryRevocations([{ key: key(await verify(token)), before }]));
    return check(token).then(
      () => "good",
      (error: { code: string }) => error.code,
    );
  };
  const bySub = ({ userPoolId, sub }: VerifiedToken) => revocationKey({ by: "sub", userPoolId, sub });
  const byClient = ({ userPoolId, clientId }: VerifiedToken) =>
    revocationKey({ by: "client", userPoolId, clientId });
  const bySignIn = ({ userPoolId }: VerifiedToken) =>
    revocationKey({ by: "sign-in", userPoolId, originJti: "sign-in-1" });

  test.each([
    ["the user before the second it was issued in", bySub, issued - 1, "good"],
    ["the user in that second", bySub, issued, "token_revoked"],
    ["the user afterwards", bySub, issued + 50, "token_revoked"],
    ["the app client before", byClient, issued - 1, "good"],
    ["the app client afterwards", byClient, issued + 50, "token_revoked"],
    ["its sign-in, whenever", bySignIn, undefined, "token_revoked"],
    [
      "another user",
      ({ userPoolId }: VerifiedToken) => revocationKey({ by: "sub", userPoolId, sub: "x" }),
      undefined,
      "good",
    ],
    [
      "the same user of another pool",
      ({ sub }: VerifiedToken) => revocationKey({ by: "sub", userPoolId: "eu-west-1_Other", sub }),
      undefined,
      "good",
    ],
    [
      "an app client that is called as the user is",
      ({ userPoolId, sub }: VerifiedToken) => revocationKey({ by: "client", userPoolId, clientId: sub }),
      undefined,
      "good",
    ],
  ] as const)("when an entry revokes %s", async (_what, key, before, answer) => {
    expect(await revoked(key, before)).toBe(answer);
  });

  test("of a later sign-in works again", () => {
    expect(isRevoked({ issuedAt: issued + 51 }, { before: issued + 50 })).toBe(false);
  });
});

test("a machine's token, which has no sign-in, is asked for by two keys", async () => {
  expect(revocationKeys(await verify(tokenOf("reporting")))).toHaveLength(2);
  expect(revocationKeys(await verify(tokenOf("alice")))).toHaveLength(3);
});

test("the revocation list is not asked about what was not verified", async () => {
  let asked = 0;
  const { check } = checkedBy({
    find: () => {
      asked += 1;
      return Promise.resolve([]);
    },
  });
  await expect(check("x.y.z")).rejects.toMatchObject({ code: "token_malformed" });
  expect(asked).toBe(0);
});

describe("a revocation list that cannot be read", () => {
  const down: Revocations = { find: () => Promise.reject(new Error("down")) };

  test("fails the request: neither an allow nor a bad token", async () => {
    const { check, unchecked } = checkedBy(down);
    await expect(check(tokenOf("alice"))).rejects.toMatchObject({ code: "revocation_unavailable" });
    expect(unchecked).toEqual([]);
  });

  test("lets the request go on where that was chosen, and tells of each", async () => {
    const { check, unchecked } = checkedBy(down, "open");
    expect((await check(tokenOf("alice"))).kind).toBe("user");
    expect(unchecked).toMatchObject([{ code: "revocation_unavailable" }]);
  });
});

describe("an emergency stop", () => {
  const stopOf = (...names: readonly string[]) => ({ stopped: names.map((permission) => ({ permission })) });
  const entry = (...names: readonly string[]) => ({ key: STOP_KEY, before: undefined, ...stopOf(...names) });

  /** A revocation list whose answers come when they are told to, and what the check tells of changes. */
  function slowList() {
    const waiting: ((found: readonly Revocation[] | Error) => void)[] = [];
    const changes: StopChange[] = [];
    const check = createRevocationCheck({
      verify,
      revocations: {
        find: () =>
          new Promise((resolve, reject) => {
            waiting.push((found) => (found instanceof Error ? reject(found) : resolve(found)));
          }),
      },
      onFailure: "open",
      unchecked: () => undefined,
      stopChanged: (change) => changes.push(change),
    });
    const begin = async () => {
      const answer = check(tokenOf("alice"));
      const before = waiting.length;
      while (waiting.length === before) await new Promise((resolve) => setImmediate(resolve));
      const reply = waiting.at(-1);
      return async (found: readonly Revocation[] | Error) => {
        reply?.(found);
        return (await answer).stop;
      };
    };
    const ask = async (found: readonly Revocation[] | Error) => (await begin())(found);
    return { begin, ask, changes };
  }

  test("is told once for each change, not for each request", async () => {
    const { ask, changes } = slowList();
    for (const found of [[], [entry("a:b")], [entry("a:b")], [entry("a:b", "c:d")], [entry()], []])
      await ask(found);
    expect(changes).toEqual([
      { before: undefined, now: stopOf("a:b") },
      { before: stopOf("a:b"), now: stopOf("a:b", "c:d") },
      { before: stopOf("a:b", "c:d"), now: undefined },
    ]);
  });

  test("is not told of by a read that began before another one which came back first", async () => {
    const { begin, changes } = slowList();
    const [first, second] = [await begin(), await begin()];
    expect(await second([entry("*")])).toEqual(stopOf("*"));
    // Its own request is decided by what it read.
    expect(await first([])).toBeUndefined();
    expect(changes).toEqual([{ before: undefined, now: stopOf("*") }]);
  });

  test("stays in force while the list cannot be read, also where requests then go on", async () => {
    const { ask } = slowList();
    expect(await ask(new Error("down"))).toBeUndefined();
    expect(await ask([entry("*")])).toEqual(stopOf("*"));
    expect(await ask(new Error("down"))).toEqual(stopOf("*"));
    expect(await ask([])).toBeUndefined();
    expect(await ask(new Error("down"))).toBeUndefined();
  });
});

test("an entry is kept until no token that it is about is good any more", () => {
  expect(forgottenAt(1_000)).toBeGreaterThan(1_000 + 86_400);
  expect(forgottenAt(1_000, 30)).toBe(forgottenAt(1_000) + 30 * 86_400);
});
