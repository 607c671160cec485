import { isPassword, passwordRecord } from "../../../../../src/tools/cognito/auth/password-record.ts";
import { PASSWORD } from "../../../../support/pool-users.ts";

const POOL = "us-east-1_LocalPool";

describe("the record of a password", () => {
  it("opens for the password of its user in its pool alone", () => {
    const record = passwordRecord(POOL, "ada", PASSWORD);
    expect(isPassword(record, POOL, "ada", PASSWORD)).toBe(true);
    expect(isPassword(record, POOL, "ada", `${PASSWORD} `)).toBe(false);
    expect(isPassword(record, POOL, "eve", PASSWORD)).toBe(false);
    expect(isPassword(record, "us-east-1_OtherPool", "ada", PASSWORD)).toBe(false);
  });

  it("has another salt each time, written as clients write the number again", () => {
    const salts = Array.from({ length: 200 }, () => passwordRecord(POOL, "ada", PASSWORD).salt);
    expect(new Set(salts).size).toBe(200);
    // A byte of zeros in front, and only where the first bit of the next one is set.
    for (const salt of salts) expect(salt).toMatch(/^(?:00[89a-f]|[1-7]|0[1-9a-f])/);
  });

  it("does not contain the password", () => {
    expect(JSON.stringify(passwordRecord(POOL, "ada", PASSWORD))).not.toContain(PASSWORD);
  });
});
