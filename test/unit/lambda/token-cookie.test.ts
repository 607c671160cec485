import { tokenCookie } from "../../../src/lambda/token-cookie.ts";

const NAME = "__Host-access_token";
const ORIGIN = "https://app.example.com";

const read = (name: string | undefined, origins: string | undefined) =>
  tokenCookie({ CLAIMGATE_TOKEN_COOKIE: name, CLAIMGATE_COOKIE_ORIGINS: origins });

describe("the cookie of the token", () => {
  it("does not exist unless it is configured", () => {
    expect(read(undefined, undefined)).toBeUndefined();
    expect(read("", "")).toBeUndefined();
  });

  it("has a name and origins", () => {
    expect(read(NAME, `${ORIGIN}, http://localhost:5173,https://b.example.com:8443`)).toEqual({
      name: NAME,
      origins: new Set([ORIGIN, "http://localhost:5173", "https://b.example.com:8443"]),
    });
  });

  it("has both or neither", () => {
    expect(() => read(NAME, undefined)).toThrow(
      "environment variable `CLAIMGATE_COOKIE_ORIGINS` is missing, but `CLAIMGATE_TOKEN_COOKIE` is set",
    );
    expect(() => read(undefined, ORIGIN)).toThrow(
      "environment variable `CLAIMGATE_TOKEN_COOKIE` is missing, but `CLAIMGATE_COOKIE_ORIGINS` is set",
    );
  });

  it.each(["a b", "a=b", "a;b", "t\u00f6ken"])("has no name that browsers refuse: `%s`", (name) => {
    expect(() => read(name, ORIGIN)).toThrow("expected the name of a cookie");
  });

  it.each([
    "null",
    "*",
    "app.example.com",
    "http://app.example.com",
    "https://app.example.com/",
    "https://app.example.com:443",
    "https://App.example.com",
    "https://*.example.com",
    "https://b\u00fccher.example",
    "https://user@app.example.com",
    "file://",
    `${ORIGIN},`,
  ])("accepts no origin that no page has, or any page: `%s`", (origins) => {
    expect(() => read(NAME, origins)).toThrow("expected origins such as `https://app.example.com`");
  });
});
