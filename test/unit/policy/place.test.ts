import { byPlace, byPlaceAndRule } from "../../../src/policy/place.ts";

const places = [
  { file: "a.csv", line: 9, column: 1, rule: "z" },
  { file: "b.csv", line: 2, rule: "z" },
  { file: "b.csv", line: 2, column: 3, rule: "b" },
  { file: "b.csv", line: 2, column: 3, rule: "c" },
  { file: "b.csv", line: 2, column: 20, rule: "a" },
  { file: "b.csv", line: 10, column: 2, rule: "a" },
];

it("places are sorted by file, line and column as numbers, and by rule within one place", () => {
  expect(places.toReversed().sort(byPlaceAndRule)).toEqual(places);
  expect(
    [places[4], places[3], places[0], places[1]].sort((a, b) => (a && b ? byPlaceAndRule(a, b) : 0)),
  ).toEqual([places[0], places[1], places[3], places[4]]);
});

it("the rule decides within one place, and nowhere else", () => {
  const place = { file: "a", line: 1 };
  expect(byPlaceAndRule({ ...place, rule: "a" }, { ...place, rule: "b" })).toBeLessThan(0);
  expect(byPlaceAndRule({ ...place, rule: "b" }, { ...place, rule: "a" })).toBeGreaterThan(0);
  expect(byPlaceAndRule({ ...place, line: 2, rule: "a" }, { ...place, rule: "b" })).toBeGreaterThan(0);
});

it("the same place is neither before nor after itself", () => {
  expect(byPlace({ file: "a", line: 1 }, { file: "a", line: 1 })).toBe(0);
  expect(byPlace({ file: "a", line: 1, column: 5 }, { file: "a", line: 1, column: 5 })).toBe(0);
});
