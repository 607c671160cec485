import { groupRoleTied } from "../../../../../src/tools/lint/rules/group-role-tied.ts";
import { found, groupSettings } from "../linting.ts";

const check = (...lines: string[]) => found(groupRoleTied, [], undefined, groupSettings(...lines));

describe("group-role-tied", () => {
  it("finds two roles of the same precedence", () => {
    expect(check("a: {precedence: 1, iamRole: A}", "b: {precedence: 1, iamRole: B}")).toEqual([
      "2:17: `b` and `a` (line 1) both have precedence 1 but different roles: members of both get neither; give one of them another `precedence`; the lowest number wins",
    ]);
  });

  it("finds two roles without a precedence", () => {
    expect(check("a: {iamRole: A}", "b: {iamRole: B}")[0]).toContain(
      "2:1: `b` and `a` (line 1) both have no precedence but different roles",
    );
  });

  it("takes every generated role for one of its own", () => {
    expect(check("a: {iamRole: {generate: {}}}", "b: {iamRole: {generate: {}}}")).toHaveLength(1);
  });

  it("accepts the same role twice, different precedences, and groups without a role", () => {
    expect(
      check(
        "a: {precedence: 1, iamRole: A}",
        "b: {precedence: 1, iamRole: A}",
        "c: {precedence: 2, iamRole: C}",
        "d: {iamRole: D}",
        "e: {precedence: 1}",
        "f: {}",
      ),
    ).toEqual([]);
    expect(found(groupRoleTied, [])).toEqual([]);
  });
});
