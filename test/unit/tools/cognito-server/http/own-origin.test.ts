import fc from "fast-check";
import { corsHeaders, refusalOf } from "../../../../../src/tools/cognito-server/http/own-origin.ts";
import { isForPages } from "../../../../../src/tools/cognito-server/http/page-operations.ts";

const APP = "http://localhost:5173";
const OWN = ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST:3000"];

describe("the local stack answers", () => {
  it.each(OWN)("a program that calls %s", (host) => {
    expect(refusalOf({ host, origin: undefined, port: 3000 }, [])).toBeUndefined();
  });

  it.each(OWN)("a page of its own, at %s", (host) => {
    expect(refusalOf({ host, origin: `http://${host.toLowerCase()}`, port: 3000 }, [])).toBeUndefined();
  });

  it("a page of the app, where pages may call", () => {
    const visit = { host: "localhost:3000", origin: APP, port: 3000 };
    expect(refusalOf(visit, [APP])).toBeUndefined();
    expect(refusalOf(visit, ["*"])).toBeUndefined();
    expect(refusalOf(visit, [])).toMatchObject({ status: 403 });
  });

  it("a host on port 80 without its number", () => {
    expect(refusalOf({ host: "localhost", origin: "http://localhost", port: 80 }, [])).toBeUndefined();
  });

  it.each([
    undefined,
    "",
    "evil.example",
    "evil.example:3000",
    "localhost",
    "localhost:3001",
    "localhost.:3000",
    "localhost.evil.example:3000",
    "localhost:3000@evil.example",
    "127.0.0.1.evil.example:3000",
    "0.0.0.0:3000",
    "2130706433:3000",
    "[::1]:3000:3000",
    "::1:3000",
    " localhost:3000",
  ])("not one that calls %s: another name that points at this machine", (host) => {
    expect(refusalOf({ host, origin: undefined, port: 3000 }, ["*"])).toMatchObject({ status: 421 });
  });

  it.each([
    "null",
    "http://evil.example",
    "https://localhost:3000",
    "http://localhost:3001",
    "http://localhost:5173.evil.example",
    "http://localhost:3000.evil.example",
    "http://localhost:3000/",
    "chrome-extension://abcdef",
    "",
  ])("no page of the origin %s", (origin) => {
    expect(refusalOf({ host: "localhost:3000", origin, port: 3000 }, [APP])).toMatchObject({ status: 403 });
    expect(corsHeaders({ origin, port: 3000 }, [APP])).not.toHaveProperty("access-control-allow-origin");
  });

  it("no other host or origin, whatever it looks like", () => {
    const text = fc.oneof(fc.string(), fc.webUrl(), fc.domain(), fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(text, text, (host, origin) => {
        fc.pre(!OWN.includes(host.toLowerCase()) && origin !== APP);
        fc.pre(!OWN.some((own) => origin.toLowerCase() === `http://${own}`.toLowerCase()));
        expect(refusalOf({ host, origin: undefined, port: 3000 }, [APP])).toMatchObject({ status: 421 });
        const visit = { host: "localhost:3000", origin, port: 3000 };
        expect(refusalOf(visit, [APP])).toMatchObject({ status: 403 });
      }),
    );
  });
});

describe("the answer to a page that may call", () => {
  it("names its origin and no other", () => {
    expect(corsHeaders({ origin: APP, port: 3000 }, [APP])).toEqual({
      "access-control-allow-origin": APP,
      vary: "Origin",
    });
    expect(corsHeaders({ origin: undefined, port: 3000 }, [APP])).toEqual({});
  });
});

describe("what pages of the app may call at the user pool", () => {
  it.each(["SignUp", "InitiateAuth", "GetUser", undefined])("the operation %s", (operation) => {
    expect(isForPages("/", operation)).toBe(true);
  });

  it.each(["AdminCreateUser", "AdminAddUserToGroup", "ListUsers", "CreateGroup", "DescribeUserPool", "x"])(
    "not %s, which takes an administrator",
    (operation) => {
      expect(isForPages("/", operation)).toBe(false);
    },
  );

  it.each(["/_mailbox", "/_access-token", "/health", "/_mailbox/oauth2/token"])("not %s", (path) => {
    expect(isForPages(path, undefined)).toBe(false);
  });
});
