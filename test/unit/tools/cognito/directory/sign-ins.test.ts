import fc from "fast-check";
import { MemoryStore } from "../../../../../src/tools/cognito/directory/journal.ts";
import { SignIns } from "../../../../../src/tools/cognito/directory/sign-ins.ts";
import { drawn } from "../../../../support/drawn.ts";

const HOUR = 3_600_000;
const GRACE_SECONDS = 10;

/** Sign-ins with a clock that the test sets, and one of alice. */
function setUp() {
  const clock = { now: 1_800_000_000_000 };
  const store = new MemoryStore();
  const open = () => new SignIns(store, () => clock.now);
  const signIns = open();
  const begin = (username = "alice") =>
    signIns.begin({
      username,
      clientId: "web",
      authTime: 1,
      scopes: ["openid"],
      nonce: undefined,
      expiresAt: clock.now + HOUR,
    });
  return { clock, store, open, signIns, begin };
}

test("a refresh token continues its sign-in until that expires", () => {
  const { clock, signIns, begin } = setUp();
  const { signIn, refreshToken } = begin();
  expect(signIns.find(signIn.id)).toEqual(signIn);
  expect(signIns.continuedBy(refreshToken)).toEqual(signIn);
  clock.now += HOUR - 1;
  expect(signIns.continuedBy(refreshToken)).toEqual(signIn);
  clock.now += 1;
  expect(signIns.continuedBy(refreshToken)).toBeUndefined();
});

test("no refresh token is in the store", () => {
  const { store, signIns, begin } = setUp();
  const first = begin();
  const { refreshToken } = signIns.exchange(first.signIn, first.refreshToken, GRACE_SECONDS);
  const kept = JSON.stringify([...store.entries("sign-ins").values()]);
  for (const token of [first.refreshToken, refreshToken]) {
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(token.split(".")[1]);
  }
});

test("the sign-ins of a user are found without those of others, and after a restart", () => {
  const { clock, open, signIns, begin } = setUp();
  const first = begin().signIn.id;
  clock.now += HOUR / 2;
  const second = begin().signIn.id;
  begin("bob");
  signIns.endAllOf("alice");
  for (const found of [signIns, open()]) {
    expect(found.of("alice")).toMatchObject([
      { id: first, ended: true },
      { id: second, ended: true },
    ]);
    expect(found.of("bob")).toMatchObject([{ username: "bob", ended: false }]);
    expect(found.of("nobody")).toEqual([]);
  }
  clock.now += HOUR / 2;
  signIns.forgetExpired();
  expect(signIns.of("alice").map(({ id }) => id)).toEqual([second]);
  signIns.deleteAllOf("alice");
  expect(signIns.of("alice")).toEqual([]);
});

test.each(["", ".", "x", "x.y.z"])("the token %p is nobody's", (token) => {
  const { signIns, begin } = setUp();
  begin();
  expect([signIns.byToken(token), signIns.continuedBy(token)]).toEqual([undefined, undefined]);
});

test("a token that names a sign-in, but was not given out for it, does not continue it", () => {
  const { signIns, begin } = setUp();
  const [id] = begin().refreshToken.split(".");
  expect(signIns.byToken(`${id}.AAAA`)).toBeUndefined();
  expect(signIns.byToken(`${id}.${begin("bob").refreshToken.split(".")[1]}`)).toBeUndefined();
});

test("an exchanged token counts until its grace period is over, which starts with the first exchange", () => {
  const { clock, signIns, begin } = setUp();
  const first = begin();
  const second = signIns.exchange(first.signIn, first.refreshToken, GRACE_SECONDS);
  clock.now += GRACE_SECONDS * 1000 - 1;
  expect(signIns.continuedBy(first.refreshToken)?.id).toBe(first.signIn.id);
  const third = signIns.exchange(second.signIn, first.refreshToken, GRACE_SECONDS);
  clock.now += 1;
  expect(signIns.continuedBy(first.refreshToken)).toBeUndefined();
  for (const { refreshToken } of [second, third]) {
    expect(signIns.continuedBy(refreshToken)?.id).toBe(first.signIn.id);
  }
  // What counts no longer is still known as a token of the sign-in.
  expect(signIns.byToken(first.refreshToken)?.id).toBe(first.signIn.id);
});

test("an ended sign-in is continued by none of its tokens, and known by them", () => {
  const { signIns, begin } = setUp();
  const first = begin();
  const second = signIns.exchange(first.signIn, first.refreshToken, GRACE_SECONDS);
  signIns.end(second.signIn);
  for (const { refreshToken } of [first, second]) {
    expect(signIns.continuedBy(refreshToken)).toBeUndefined();
    expect(signIns.byToken(refreshToken)?.ended).toBe(true);
  }
});

test("all sign-ins of a user end, and nobody else's", () => {
  const { signIns, begin } = setUp();
  const [one, two, other] = [begin(), begin(), begin("bob")];
  signIns.endAllOf("alice");
  expect(signIns.of("alice").map(({ ended }) => ended)).toEqual([true, true]);
  expect(signIns.continuedBy(one.refreshToken)).toBeUndefined();
  expect(signIns.continuedBy(two.refreshToken)).toBeUndefined();
  expect(signIns.continuedBy(other.refreshToken)?.username).toBe("bob");
  signIns.deleteAllOf("alice");
  expect(signIns.of("alice")).toEqual([]);
  expect(signIns.of("bob")).toHaveLength(1);
});

test("sign-ins that no token can continue are forgotten", () => {
  const { clock, signIns, begin } = setUp();
  const old = begin();
  clock.now += HOUR;
  const young = begin();
  signIns.forgetExpired();
  expect(signIns.find(old.signIn.id)).toBeUndefined();
  expect(signIns.find(young.signIn.id)).toBeDefined();
});

test("a record does not grow with every exchange", () => {
  const { clock, signIns, begin } = setUp();
  let { signIn, refreshToken } = begin();
  const tokens = [refreshToken];
  for (let count = 0; count < 100; count++) {
    ({ signIn, refreshToken } = signIns.exchange(signIn, refreshToken, GRACE_SECONDS));
    tokens.push(refreshToken);
    clock.now += GRACE_SECONDS * 1000;
  }
  expect(signIn.refreshTokens.length).toBeLessThan(30);
  expect(signIns.continuedBy(refreshToken)?.id).toBe(signIn.id);
  expect(signIns.byToken(tokens.at(-10) ?? "")?.id).toBe(signIn.id);
  expect(signIns.byToken(tokens[0] ?? "")).toBeUndefined();
});

test("after any exchanges, every token counts as long as its own grace says, before and after a restart", () => {
  const steps = fc.array(fc.record({ token: fc.nat(20), wait: fc.integer({ min: 0, max: 8_000 }) }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(steps, (exchanges) => {
      const { clock, open, signIns, begin } = setUp();
      const first = begin();
      const tokens = [first.refreshToken];
      const deadlines = new Map<string, number>();
      const counts = (token: string) => clock.now < (deadlines.get(token) ?? Number.POSITIVE_INFINITY);
      for (const { token, wait } of exchanges) {
        clock.now += wait;
        const given = tokens[token % tokens.length] ?? "";
        const signIn = signIns.continuedBy(given);
        expect(signIn !== undefined).toBe(counts(given));
        if (signIn === undefined) continue;
        if (!deadlines.has(given)) deadlines.set(given, clock.now + GRACE_SECONDS * 1000);
        tokens.push(signIns.exchange(signIn, given, GRACE_SECONDS).refreshToken);
      }
      for (const token of tokens) expect(open().continuedBy(token) !== undefined).toBe(counts(token));
    }),
    drawn(1_000),
  );
});
