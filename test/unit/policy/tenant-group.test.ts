import fc from "fast-check";
import { parseRows } from "../../../src/policy/parse.ts";
import type { Subject } from "../../../src/policy/subject.ts";
import {
  canNameOneGroup,
  type TenantGroup,
  tenantGroup,
  tenantOf,
} from "../../../src/policy/tenant-group.ts";
import { drawn } from "../../support/drawn.ts";

const findingsOf = (row: string) =>
  parseRows("r.csv", row).findings.map(({ column, rule, message }) => `${column} ${rule}: ${message}`);

describe("a group name with a placeholder", () => {
  it.each([
    "g, group:{tenantId}.editors, role:editor",
    "g, group:{tenantId}, role:editor",
    "g, group:editors-{a.b-c}, role:editor",
    "g, group:main/{tenantId}.editors, role:editor",
    "g, group:tenant/{tenantId}/editors, role:editor",
  ])("loads as %s", (row) => {
    expect(findingsOf(row)).toEqual([]);
  });

  it.each(["{a}.{b}", "{}", "{a", "a}", "{a+}", "{a}b}", "{{a}}", "{a b}x"])(
    "is refused as group:%s, which has not one parameter in braces",
    (name) => {
      expect(findingsOf(`g, group:${name}, role:editor`)).toHaveLength(1);
    },
  );

  it("is refused before the slash that ends a pool alias", () => {
    expect(findingsOf("g, group:{tenantId}/editors, role:editor")).toEqual([
      "10 subject-name: `group:{tenantId}/editors`: a placeholder cannot precede the first `/`, which ends the pool alias",
    ]);
  });

  it("is refused where one group is expected", () => {
    expect(findingsOf("p, group:{tenantId}.editors, orders:read, allow")).toEqual([
      "10 tenant-group: `group:{tenantId}.editors` has a placeholder, which only the member of a `g` row can have",
    ]);
    expect(findingsOf("g3, *@acme.example, group:{tenantId}.editors")).toEqual([
      "27 tenant-group: `group:{tenantId}.editors` has a placeholder, which only the member of a `g` row can have",
    ]);
  });
});

describe("two group names with placeholders", () => {
  const part = fc.string({ unit: fc.constantFrom("a", ".", "-"), maxLength: 3 });
  const pattern = fc.tuple(part, part).map(([before, after]): TenantGroup => {
    return { member: `group:${before}{t}${after}`, parameter: "t", before, after };
  });

  it("can name one group exactly if some short name fits both", () => {
    // With three characters on each side, a name of nine shows every way to overlap.
    const names = ["a", ".", "-"].flatMap((one) => [one]);
    let all = names;
    for (let length = 2; length <= 8; length += 1)
      all = all.flatMap((name) => names.map((one) => name + one));
    const upTo = (length: number) => [...new Set(all.map((name) => name.slice(0, length)))];
    const every = [1, 2, 3, 4, 5, 6, 7, 8].flatMap(upTo);
    const seen = { overlap: 0, apart: 0 };
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const both = every.some(
          (name) => tenantOf(one, name) !== undefined && tenantOf(other, name) !== undefined,
        );
        seen[both ? "overlap" : "apart"] += 1;
        expect(canNameOneGroup(one, other)).toBe(both);
      }),
      drawn(100),
    );
    expect(Math.min(seen.overlap, seen.apart)).toBeGreaterThan(0);
  });

  it("are read as they are written", () => {
    expect(tenantGroup("group:main/{tenantId}.editors" as Subject)).toEqual({
      member: "group:main/{tenantId}.editors",
      parameter: "tenantId",
      before: "group:main/",
      after: ".editors",
    });
  });
});
