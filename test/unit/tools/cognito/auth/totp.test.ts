import {
  matchingTotpStep,
  newTotpSecret,
  totpCode,
  totpStepAt,
} from "../../../../../src/tools/cognito/auth/totp.ts";

/** `12345678901234567890` of RFC 6238, appendix B, in base32. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("a time-based code", () => {
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("at second %i is the one of RFC 6238", (second, code) => {
    expect(totpCode(SECRET, totpStepAt(second * 1000))).toBe(code);
  });

  it("counts one step early and one step late, and no further", () => {
    const now = 1_111_111_111_000;
    const present = totpStepAt(now);
    for (const step of [present - 1, present, present + 1]) {
      expect(matchingTotpStep(SECRET, totpCode(SECRET, step), now)).toBe(step);
    }
    for (const step of [present - 2, present + 2]) {
      expect(matchingTotpStep(SECRET, totpCode(SECRET, step), now)).toBeUndefined();
    }
  });

  it("is six digits and nothing else", () => {
    const now = 1_111_111_111_000;
    expect(matchingTotpStep(SECRET, "", now)).toBeUndefined();
    expect(matchingTotpStep(SECRET, `0${totpCode(SECRET, totpStepAt(now))}`, now)).toBeUndefined();
  });
});

test("a new secret has 32 bytes in base32, and is another one each time", () => {
  const secrets = [newTotpSecret(), newTotpSecret()];
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{52}$/);
  expect(secrets[0]).not.toBe(secrets[1]);
});
