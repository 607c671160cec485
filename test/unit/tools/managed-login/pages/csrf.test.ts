import { csrfToken, isOwnForm } from "../../../../../src/tools/managed-login/pages/csrf.ts";
import type { WebRequest } from "../../../../../src/tools/managed-login/route.ts";

const request = (cookies: Record<string, string> = {}): WebRequest => ({
  method: "POST",
  url: new URL("http://localhost/login"),
  headers: {},
  cookies: new Map(Object.entries(cookies)),
  body: "",
});

/** The token in the cookie that an answer sets. */
const tokenIn = ({ headers }: ReturnType<typeof csrfToken>) =>
  /^XSRF-TOKEN=([^;]*); Path=\/; HttpOnly; SameSite=Lax$/.exec(headers["set-cookie"])?.[1] ?? "";

test("each browser gets a token of its own, in its cookie and in its forms", () => {
  const [one, other] = [csrfToken(request()), csrfToken(request())];

  expect(tokenIn(one)).toMatch(/^[\w-]{43}$/);
  expect(tokenIn(one)).not.toBe(tokenIn(other));
  expect(one.field.text).toContain(`value="${tokenIn(one)}"`);
});

test("a browser keeps its token, so that forms in other tabs stay valid", () => {
  const token = tokenIn(csrfToken(request()));

  expect(tokenIn(csrfToken(request({ "XSRF-TOKEN": token })))).toBe(token);
});

test.each([["short"], ["x".repeat(44)], [`${"x".repeat(42)}<`], [`${"x".repeat(42)}\n`]])(
  "a cookie that is not a token of this server is replaced: %j",
  (cookie) => {
    expect(tokenIn(csrfToken(request({ "XSRF-TOKEN": cookie })))).not.toBe(cookie);
  },
);

test.each([
  ["the token of the cookie", { "XSRF-TOKEN": "t".repeat(43) }, "t".repeat(43), true],
  ["another token", { "XSRF-TOKEN": "t".repeat(43) }, "u".repeat(43), false],
  ["a token of another length", { "XSRF-TOKEN": "t".repeat(43) }, "t", false],
  ["no token", { "XSRF-TOKEN": "t".repeat(43) }, undefined, false],
  ["a token but no cookie", {}, "t".repeat(43), false],
  ["neither", {}, undefined, false],
  ["an empty one on both sides", { "XSRF-TOKEN": "" }, "", false],
])("a form with %s", (_case, cookies, sent, own) => {
  const form = new URLSearchParams(sent === undefined ? {} : { _csrf: sent });

  expect(isOwnForm(request(cookies as Record<string, string>), form)).toBe(own);
});
