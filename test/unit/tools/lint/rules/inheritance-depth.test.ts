import { inheritanceDepth } from "../../../../../src/tools/lint/rules/inheritance-depth.ts";
import { found } from "../linting.ts";

/** `group:g` and then `length` roles. */
function chain(length: number): string[] {
  return Array.from({ length }, (_, index) =>
    index === 0 ? "g, group:g, role:r1" : `g, role:r${index}, role:r${index + 1}`,
  );
}

describe("inheritance-depth", () => {
  it("accepts what casbin follows: ten rows", () => {
    expect(found(inheritanceDepth, chain(10))).toEqual([]);
  });

  it("finds the eleventh, and nothing more of the same chain", () => {
    const finding =
      "11:14: `group:g` reaches `role:r11` through 11 `g` rows; casbin's own tools follow at most 10; shorten the chain, e.g. with `g, group:g, role:r11`";
    expect(found(inheritanceDepth, chain(11))).toEqual([finding]);
    expect(found(inheritanceDepth, chain(11).reverse())[0]).toMatch(/^1:14: `group:g` reaches `role:r11`/);
    expect(found(inheritanceDepth, [...chain(11), "g, group:h, role:r1"])).toEqual([finding]);
  });

  it("counts the shortest way", () => {
    expect(found(inheritanceDepth, [...chain(12), "g, group:g, role:r5"])).toEqual([]);
  });

  it("follows chains that are longer than the call stack, and circles", () => {
    expect(found(inheritanceDepth, chain(20_000))).toHaveLength(1);
    expect(found(inheritanceDepth, ["g, role:a, role:b", "g, role:b, role:a"])).toEqual([]);
    const long = [...chain(12), "g, role:r1, role:back", "g, role:back, role:r1"];
    expect(found(inheritanceDepth, long).map((text) => text.slice(0, 5))).toEqual(["11:14"]);
  });
});
