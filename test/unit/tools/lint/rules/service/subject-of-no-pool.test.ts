import { scopeUnknown } from "../../../../../../src/tools/lint/rules/service/scope-unknown.ts";
import { subjectOfNoPool } from "../../../../../../src/tools/lint/rules/service/subject-of-no-pool.ts";
import { found } from "./support.ts";

const CSV = [
  "p, group:admins, a:read, allow",
  "g, user:main/somebody, role:r",
  "p, scope:orders-api/read, a:read, allow",
  "g3, *@example.com, group:mainly",
  "g, group:legacy/admins, role:r",
  "p, client:web, a:read, allow",
].join("\n");

describe("subject-of-no-pool", () => {
  it("finds what has no prefix where pools have one: it is nobody", () => {
    const poolAliases = ["main", "legacy"];
    expect(found(subjectOfNoPool, CSV, { poolAliases }).map((one) => one.split(" ")[0])).toEqual([
      "policies/test.csv:1:4:",
      "policies/test.csv:4:20:",
      "policies/test.csv:3:4:",
    ]);
    expect(found(subjectOfNoPool, CSV, { poolAliases })[0]).toContain(
      "write `group:main/admins` or `group:legacy/admins`",
    );
  });

  it("suggests the three nearest pool aliases of a thousand", () => {
    const poolAliases = ["main", ...Array.from({ length: 1000 }, (_, index) => `t${index}`)];
    const suggested = (group: string) =>
      found(subjectOfNoPool, `p, group:${group}, a:read, allow`, { poolAliases })[0]?.replace(/^.*; /, "");
    expect(suggested("admins")).toBe(
      "write `group:main/admins` or `group:t0/admins` or `group:t1/admins`, or one of 998 other pool aliases",
    );
    expect(suggested("t12345/admins")).toMatch(/^write `group:t123\/t12345\/admins` or `group:t12\d?\//);
    expect(suggested("t77x/admins")).toBe("did you mean `group:t77/admins`?");
    expect(suggested("maim/admins")).toBe("did you mean `group:main/admins`?");
  });

  it("says nothing where there is one pool without a prefix", () => {
    expect(found(subjectOfNoPool, CSV, { poolAliases: [] })).toEqual([]);
    expect(found(subjectOfNoPool, CSV, {})).toEqual([]);
  });
});

describe("scope-unknown", () => {
  it("knows the scopes of the own pool by their prefix, and asks nothing of other pools", () => {
    const csv =
      "p, scope:main/a/read, a:read, allow\np, scope:legacy/x/y, a:read, allow\np, scope:main/a/raed, a:read, allow";
    expect(found(scopeUnknown, csv, { scopes: ["a/read"], poolAliases: ["main", "legacy"] })).toEqual([
      "policies/test.csv:3:4: no resource server has the scope `main/a/raed`, so no machine token can contain it; did you mean `scope:main/a/read`?",
    ]);
  });
});
