import { Lockout } from "../../../../../src/tools/cognito/auth/lockout.ts";
import { addUser, byPassword, outcome } from "../../../../support/pool-users.ts";
import { testPool } from "../../../../support/user-pool.ts";

const SECOND = 1000;
const QUARTER = 15 * 60 * SECOND;

function failing(times: number) {
  let now = 0;
  const lockout = new Lockout(() => now);
  const fail = () => lockout.failed("ada");
  for (let time = 0; time < times; time++) fail();
  return { lockout, fail, isLocked: () => lockout.isLocked("ada"), wait: (ms: number) => (now += ms) };
}

describe("wrong answers in a row", () => {
  it("are free four times", () => {
    expect(failing(4).isLocked()).toBe(false);
  });

  it("lock for a second after the fifth, and for twice as long after each further one", () => {
    const { isLocked, fail, wait } = failing(5);
    for (const seconds of [1, 2, 4, 8, 16]) {
      wait(seconds * SECOND - 1);
      expect(isLocked()).toBe(true);
      wait(1);
      expect(isLocked()).toBe(false);
      fail();
    }
  });

  it("never lock for longer than 15 minutes", () => {
    const { isLocked, wait } = failing(40);
    wait(QUARTER - 1);
    expect(isLocked()).toBe(true);
    wait(1);
    expect(isLocked()).toBe(false);
  });

  it("are forgotten after a right one, and after 15 quiet minutes", () => {
    const { lockout, fail, isLocked, wait } = failing(4);
    lockout.succeeded("ada");
    for (let time = 0; time < 4; time++) fail();
    expect(isLocked()).toBe(false);
    wait(QUARTER);
    fail();
    expect(isLocked()).toBe(false);
  });

  it("lock nobody else", () => {
    expect(failing(9).lockout.isLocked("eve")).toBe(false);
  });
});

test("in a pool whose names differ by case, guesses at a name without a user lock nobody else", async () => {
  const pool = testPool({ config: { usernameAttributes: [], usernameCaseSensitive: true } });
  const user = addUser(pool, "bob@example.com");
  expect(user.username).toBe("bob");
  for (let time = 0; time < 6; time++)
    await outcome(pool, "InitiateAuth", byPassword("BOB", "Wr0ng-password!"));
  expect(await outcome(pool, "InitiateAuth", byPassword("bob"))).toBe("answered");
});
