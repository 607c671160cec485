import { parseRows } from "../../../src/policy/parse.ts";
import { nearest } from "../../../src/policy/suggestion.ts";

describe("the name that a string misspells", () => {
  it.each([
    ["a letter left out", "staf", ["staff", "support"], "staff"],
    ["two letters swapped", "orders:raed", ["orders:read", "orders:list"], "orders:read"],
    ["upper case", "Role:Viewer", ["role:viewer"], "role:viewer"],
    ["the first letter left out", "role:iewer", ["role:viewer"], "role:viewer"],
    ["a plural", "GET /order/{orderId}", ["GET /orders/{orderId}"], "GET /orders/{orderId}"],
    ["another name of a parameter", "GET /orders/{id}", ["GET /orders/{orderId}"], "GET /orders/{orderId}"],
    ["a colon left out", "ordersread", ["orders:read"], "orders:read"],
  ])("%s", (_what, text, candidates, meant) => {
    expect(nearest(text, candidates)).toBe(meant);
  });

  it.each([
    ["another action", "orders:edit", ["orders:read"]],
    ["another method", "PUT /orders", ["GET /orders", "POST /orders"]],
    ["another number", "role:team7", ["role:team70", "role:team8"]],
    ["a word that merely begins alike", "delete", ["deny", "allow"]],
    ["two that are as near", "role:viewe", ["role:viewed", "role:viewer"]],
    ["a letter", "group:a", ["group:b"]],
  ])("is undefined for %s", (_what, text, candidates) => {
    expect(nearest(text, candidates)).toBeUndefined();
  });
});

describe("a word", () => {
  it.each([
    ["ab", "ab"],
    ["abc", "abd"],
    ["abc", "abcd"],
    ["abcd", "abc"],
    ["abcde", "abcdx"],
    ["abcde", "abdce"],
    ["abcdef", "abxdyf"],
    ["abcdef", "abcdefgh"],
    ["abcdefgh", "abcdef"],
    ["abcdefghi", "axcdexghi"],
    ["abcdefghi", "abdcefhgi"],
    ["abcdefghij", "axcdexghxj"],
    ["bcdef", "abcdef"],
    ["aabcdef", "abcdef"],
    ["xabcdef", "abcdef"],
    ["bacdef", "abcdef"],
    ["bacxef", "abcdef"],
    ["ABC", "abd"],
    ["a1b", "a1c"],
    ["abc1", "ab1"],
  ])("%s may mean %s", (text, meant) => {
    expect(nearest(text, [meant])).toBe(meant);
  });

  it.each([
    ["ab", "ac"],
    ["ab", "abc"],
    ["abc", "axy"],
    ["abc", "abcde"],
    ["abcde", "abcxy"],
    ["abcde", "abc"],
    ["abcdef", "abxyzf"],
    ["abcdef", "abcdefghi"],
    ["abcdefghi", "axcxexghi"],
    ["abcdefghij", "axcxexgxij"],
    ["abcdef", "xbcdef"],
    ["bxcdef", "abcdef"],
    ["bcdefg", "xyabcd"],
    ["abcd", "badc"],
    ["abcde", "cabde"],
    ["abc1", "abc2"],
    ["abc", "abc1"],
    ["abcde", "abecd"],
    ["abcde", "abxce"],
    ["abcde", "abdxe"],
    ["abcdef", "axabcxef"],
    ["xabcxef", "abcdef"],
    ["bcdexgh", "abcdefgh"],
  ])("%s never means %s", (text, other) => {
    expect(nearest(text, [other])).toBeUndefined();
  });
});

describe("a name of several parts", () => {
  it.each([
    ["abcdxx:ghijkx", "abcdef:ghijkl"],
    ["a/abcd/x", "a/abce/x"],
    ["a.abcd", "a.abce"],
    ["GET /{ab}/{c}", "GET /{ab}/{d}"],
    ["abcd:efgh", "abce.efgh"],
  ])("%s may mean %s", (text, meant) => {
    expect(nearest(text, [meant])).toBe(meant);
  });

  it.each([
    ["abcdxx:ghijxx", "abcdef:ghijkl"],
    ["ab:abcd", "ac:abcd"],
    ["abcd:ab", "abcd:ac"],
    ["x{abc}:abcdef", "x{wyz}:abcdef"],
    ["{abc}x:abcdef", "{wyz}x:abcdef"],
    ["{a}:{b}", "{c}:{d}:{e}"],
    ["GET /{abcd}", "GET /abxy"],
    ["GET /abxy", "GET /{abcd}"],
  ])("%s never means %s", (text, other) => {
    expect(nearest(text, [other])).toBeUndefined();
  });

  it("means the nearest of several, named once or twice and in any order", () => {
    expect(nearest("abcdef", ["abxdyf", "abxyef", "abcdxf"])).toBe("abcdxf");
    expect(nearest("abcdef", ["abcdxf", "abxdyf", "abcdxf"])).toBe("abcdxf");
    expect(nearest("abcdef", ["abcdxf", "abcdef", "abcdyf"])).toBe("abcdef");
    expect(nearest("abcdef", ["abcdxf", "abcdyf"])).toBeUndefined();
    expect(nearest("abcdef", [])).toBeUndefined();
    expect(nearest("GET /{id}/ordrs", ["GET /{id}/orders", "GET /{no}/orders"])).toBe("GET /{id}/orders");
  });
});

describe("what the parser suggests", () => {
  const suggested = (line: string) =>
    parseRows("roles.csv", line).findings.flatMap(({ suggestions = [] }) =>
      suggestions.map(({ meant }) => meant),
    );

  it.each([
    ["p, role:admin, orders, delete", "p, role:admin, orders:delete, allow"],
    ["p, role:admin, orders, DELETE, allow", "p, role:admin, orders:delete, allow"],
    ["p, role:admin, orders, update, Deny", "p, role:admin, orders:update, deny"],
  ])("%s is a permission in two columns", (line, meant) => {
    const { findings } = parseRows("roles.csv", line);
    expect(findings.map(({ rule }) => rule)).toEqual(["permission-shape"]);
    expect(suggested(line)).toEqual([meant]);
  });

  it.each(["delete", "DELETE", "download", "data2", "alone", "dense", "read", "all"])(
    "`%s` in the column of the effect is not a misspelt effect",
    (word) => {
      const [finding] = parseRows("roles.csv", `p, role:admin, orders:read, ${word}`).findings;
      expect(finding).toMatchObject({ rule: "effect", fix: "write `allow` or `deny`" });
    },
  );

  it.each([
    ["Allow", "allow"],
    ["alow", "allow"],
    ["allowed", "allow"],
    ["DENY", "deny"],
    ["deni", "deny"],
    ["denied", "deny"],
  ])("`%s` is", (word, effect) => {
    expect(suggested(`p, role:admin, orders:read, ${word}`)).toEqual([effect]);
  });

  it("only names that can exist, of the prefixes that the column takes", () => {
    expect(suggested("p, /ArgoCDAdmins, orders:read, allow")).toEqual(["group:/ArgoCDAdmins"]);
    expect(suggested("p, my team, orders:read, allow")).toEqual([]);
    expect(suggested("g, group:staff, viewer")).toEqual(["role:viewer"]);
    expect(suggested("g3, *@example.com, staff")).toEqual(["group:staff"]);
    expect(suggested("p2, exa_mple.com, allow")).toEqual([]);
    expect(suggested("g2, get /a//b, orders:read")).toEqual([]);
  });
});
