import {
  createRefreshToken,
  readRefreshToken,
} from "../../../../../../src/tools/local/pool/tokens/refresh-token.ts";

const signIn = { originJti: "o", authTime: 1, scopes: ["a", "b"] };

test("remembers the sign-in and its client, and is never the same twice", () => {
  const token = createRefreshToken(signIn, "client");

  expect(readRefreshToken(token)).toEqual({ signIn, clientId: "client" });
  expect(createRefreshToken(signIn, "client")).not.toBe(token);
});

test.each(["", "x", "e30.x", "bnVsbA.x", "."])("%p is not a refresh token", (token) => {
  expect(readRefreshToken(token)).toBeUndefined();
});
