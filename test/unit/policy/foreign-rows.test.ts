import { parseRows } from "../../../src/policy/parse.ts";

describe("rows of another casbin model", () => {
  it.each([
    ["resource and action", "p, admin, orders, read\np, alice, orders, write\ng, alice, admin", 3],
    [
      "paths and methods",
      "p, alice, /orders/*, GET\np, bob, /orders/:id, (GET)|(POST)\np, role:admin, /*, *",
      3,
    ],
    ["domains", "p, admin, domain1, data1, read\ng, alice, admin, domain1", 2],
    ["a header", "ptype,v0,v1,v2\np,alice,data1,read\np,bob,data2,write", 3],
    ["users and roles without a prefix", "g, alice, admin\ng, bob, viewer", 2],
    ["domains that look like a subject", "g, alice, admin, group:x\ng, bob, viewer, group:x", 2],
    ["Argo CD", "p, role:org-admin, applications, *, */*, allow\ng, my-org:team, role:org-admin", 2],
    ["many", Array.from({ length: 48 }, (_, n) => `p, role:r${n}, data${n}, read`).join("\n"), 48],
  ])("%s are one finding that counts them and names the page", (_what, text, count) => {
    const { findings, rows } = parseRows("a.csv", text);
    expect(findings.map(({ rule }) => rule)).toEqual(["foreign-model"]);
    expect(findings[0]?.message).toMatch(
      new RegExp(`^${count} rows have the format of another casbin model`),
    );
    expect(findings[0]?.fix).toContain("docs/from-casbin.md");
    expect(rows).toEqual([]);
  });

  it.each([
    ["one row", "p, alice, /data/*, GET", "the row has", 1, "p, alice, /data/*, GET"],
    ["a header first", "PType, v0, v1\np, a, data1, read", "2 rows have", 1, "p, a, data1, read"],
    ["a header last", "p, a, data1, read\np_type, v0", "2 rows have", 1, "p, a, data1, read"],
    ["roles first", "g, a, b\ng, b, c\np, a, data1, read", "3 rows have", 1, "p, a, data1, read"],
    ["roles alone", "# a\ng, a, b\ng, b, c", "2 rows have", 2, "g, a, b"],
    [
      "five split permissions",
      `g, a, b\n${"p, role:a, data1, read\n".repeat(5)}`,
      "6 rows have",
      1,
      "p, role:a, data1, read",
    ],
  ])("%s: the finding is at the first row, and quotes a typical one", (_what, text, many, line, example) => {
    expect(parseRows("a.csv", text).findings).toEqual([
      {
        rule: "foreign-model",
        file: "a.csv",
        line,
        column: 1,
        message: `${many} the format of another casbin model (\`${example}\`); claimgate expects subjects with a prefix and permissions of the form \`resource:action\``,
        fix: "docs/from-casbin.md shows how to convert each kind of row",
      },
    ]);
  });

  const rules = (text: string) => [
    ...new Set(parseRows("a.csv", text).findings.map(({ line, rule }) => `${line} ${rule}`)),
  ];

  it.each([
    ["a group with a role without a prefix", "g, group:staff, admin", []],
    ["a role with a third column", "g, alice, admin, group:x", []],
    ["a right row", "g, group:staff, role:admin", []],
    ["a right permission", "p, role:admin, orders:read, allow", []],
    ["a row with four columns", "g, alice, admin, domain1, x", ["3 too-many-columns"]],
    ["a domain after right columns", "g, group:staff, role:admin, domain1", ["3 too-many-columns"]],
    ["a header that is none", "ptypes, v0", ["3 unknown-row-type"]],
    ["a header that is none, either", "xptype, v0", ["3 unknown-row-type"]],
    ["a typo", "p, rol:admin, orders:read, allow", ["3 subject-prefix"]],
  ])("leave %s next to them what it is", (_what, row, others) => {
    expect(rules(`g, alice, admin\ng, bob, admin\n${row}`)).toEqual(["1 foreign-model", ...others]);
  });

  it.each([
    ["an unprefixed subject", "p, admin, orders:read, allow", "1 subject-prefix"],
    ["a path", "p, role:a, /orders, allow", "1 permission-shape"],
    ["a split permission", "p, role:a, orders, read", "1 permission-shape"],
    ["a permission where the action is expected", "p, alice, orders:list, read", "1 subject-prefix"],
    ["a missing action", "p, alice, data1", "1 too-few-columns"],
    ["an effect for the action", "p, alice, data1, allow", "1 subject-prefix"],
    ["four columns with a right subject", "p, role:a, data, sync, x", "1 permission-shape"],
    ["a role", "g, alice, admin", "1 subject-prefix"],
    ["a role in a domain", "g, alice, admin, domain1", "1 too-many-columns"],
    ["an empty subject", "p, , data1, read", "1 empty-field"],
    ["an empty object", "p, alice, , read", "1 empty-field"],
  ])("are not what one row with %s is", (_mistake, row, finding) => {
    expect(rules(row)[0]).toBe(finding);
  });

  it.each([
    ["four split permissions", "p, role:a, orders, read\n".repeat(4)],
    ["permissions without an effect", "p, alice, orders:read\np, bob, orders:read"],
    ["roles of groups", "g, group:a, admin\ng, group:b, admin"],
    ["roles with four columns", "g, a, b, c, d\ng, b, c, d, e"],
    ["right rows", ["a", "b", "c", "d", "e"].map((role) => `p, role:${role}, x:y, allow`).join("\n")],
  ])("are not what several rows are: %s", (_what, text) => {
    expect(rules(text).join()).not.toContain("foreign-model");
  });
});
