import {
  argumentPlace,
  type Clause,
  canOpen,
  some,
} from "../../../../src/tools/access/condition-outcomes.ts";

const compare = (place: string, operand: string, negated = false) => ({ place, operand, negated });
const opened = (allow: readonly Clause[], deny: readonly Clause[] = []) => canOpen({ allow, deny });

describe("the outcomes of conditions", () => {
  it("open what some request can have", () => {
    expect(opened([[compare("0", "sub")]])).toBe(true);
    expect(opened([[compare("0", "sub"), compare("0", "sub", true)]])).toBe(false);
    expect(opened([[compare("0", "sub")]], [[compare("0", "sub", true)]])).toBe(true);
    expect(opened([[]], [[]])).toBe(false);
    expect(opened([])).toBe(false);
  });

  it("know that what is equal to the same is equal", () => {
    const triangle = [compare("0", "a"), compare("0", "b"), compare("1", "a")];
    expect(opened([[...triangle, compare("1", "b", true)]])).toBe(false);
    expect(opened([[...triangle, compare("1", "b")]])).toBe(true);
  });

  it("know that a missing claim is missing for all of its comparisons", () => {
    const [one, other] = [compare("0", "a"), compare("1", "a")];
    // Both deny rows match where `a` is missing; where it is there, neither has to.
    const both = some(
      [{ allow: [[one]], deny: [[other]] }],
      ([verdict]) => verdict?.allow === true && verdict.deny,
    );
    expect(both).toBe(true);
    expect(opened([[one]], [[compare("1", "a", true)], [other]])).toBe(false);
  });

  it("know that literals differ from each other and are never missing", () => {
    expect(opened([[compare("0", "'a'"), compare("0", "'b'")]])).toBe(false);
    expect(opened([[compare("0", "'a'"), compare("0", "'b'", true)]])).toBe(true);
    expect(opened([[]], [[compare("0", "'a'")]])).toBe(true);
    expect(opened([[]], [[compare("0", "'a'")], [compare("0", "'a'", true)]])).toBe(false);
    expect(
      opened([[compare("0", "sub"), compare("1", "sub"), compare("0", "'a'"), compare("1", "'b'")]]),
    ).toBe(false);
    expect(
      opened([[compare("0", "sub"), compare("1", "sub"), compare("0", "'a'"), compare("1", "'b'", true)]]),
    ).toBe(true);
  });

  it("know that an argument of a tool may be missing, and is then missing for all of its comparisons", () => {
    const argument = (operand: string, negated = false) => compare(argumentPlace("a"), operand, negated);
    const isAlways = (...allow: readonly Clause[]) => !some([{ allow, deny: [] }], ([one]) => !one?.allow);
    expect(isAlways([compare("0", "'x'")], [compare("0", "'x'", true)])).toBe(true);
    expect(isAlways([argument("'x'")], [argument("'x'", true)])).toBe(false);
    expect(opened([[argument("'x'")]], [[argument("'y'")]])).toBe(true);
    expect(opened([[argument("'x'", true)]], [[argument("'x'")]])).toBe(true);
    // Where the argument is equal to a literal, it is not missing in the comparison with another.
    expect(opened([[argument("'x'")]], [[argument("'y'", true)]])).toBe(false);
  });

  it("know the value of a place that is a literal of the other route", () => {
    expect(opened([[compare("'a'", "'a'")]])).toBe(true);
    expect(opened([[compare("'a'", "'b'")]])).toBe(false);
    expect(opened([[compare("'a'", "'a'", true)]])).toBe(false);
    expect(opened([[compare("'a'", "sub"), compare("0", "sub"), compare("0", "'b'")]])).toBe(false);
  });

  it("know that what is recent by one age is recent by every greater one, and unknown by all or none", () => {
    const age = (maxAge: number, negated = false) => ({ maxAge, negated });
    expect(opened([[age(300), age(60, true)]])).toBe(true);
    expect(opened([[age(60), age(300, true)]])).toBe(false);
    expect(opened([[age(300)]], [[age(300)]])).toBe(false);
    expect(opened([[]], [[age(300)], [age(300, true)]])).toBe(false);
    // Both deny rows match where the age is unknown.
    expect(
      some(
        [
          { allow: [[]], deny: [[age(300)]] },
          { allow: [[]], deny: [[age(60, true)]] },
        ],
        (all) => all.every(({ deny }) => deny),
      ),
    ).toBe(true);
  });

  it("know that the rest of a path is not one segment of it", () => {
    expect(opened([[compare("0+", "a"), compare("1", "a")]])).toBe(false);
    expect(opened([[compare("1+", "a"), compare("0", "a")]])).toBe(true);
  });

  it("count as possible where there are too many to try", () => {
    const many = Array.from({ length: 8 }, (_, index) => compare(`${index}`, "a"));
    expect(opened([[...many, compare("0", "a", true)]])).toBe(true);
  });
});
