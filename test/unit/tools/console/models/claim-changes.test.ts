import { claimChanges, summaryOf } from "../../../../../src/tools/console/models/claim-changes.ts";

const NOW = 1_800_000_000_000;
const changes = (stock: object, claims: object) =>
  claimChanges({ stock: { ...stock }, claims: { ...claims } }, NOW);

test("what the trigger added, changed and removed comes first, with both values", () => {
  const token = changes(
    { sub: "1", "cognito:groups": ["a"], scope: "one" },
    { sub: "1", roles: ["x"], "cognito:groups": ["a", "b"] },
  );
  expect(token.map(({ name, kind, before, after }) => [name, kind, before, after])).toEqual([
    ["cognito:groups", "changed", '["a"]', '["a","b"]'],
    ["roles", "added", undefined, '["x"]'],
    ["scope", "removed", "one", undefined],
    ["sub", "same", "1", "1"],
  ]);
  expect(summaryOf(token)).toBe("1 added, 1 changed, 1 removed by the trigger");
});

test("a token that the trigger left alone says so", () => {
  expect(summaryOf(changes({ sub: "1" }, { sub: "1" }))).toBe("the trigger changed nothing");
});

test("a claim with the name of a method of objects is a claim", () => {
  expect(changes({}, { constructor: "c" })).toMatchObject([{ name: "constructor", kind: "added" }]);
});

test("times are also told in minutes from now", () => {
  const seconds = NOW / 1000;
  const notes = changes({}, { exp: seconds + 900, iat: seconds, auth_time: seconds - 3600, x: 5 });
  expect(Object.fromEntries(notes.map(({ name, note }) => [name, note]))).toEqual({
    exp: "in 15 min",
    iat: "now",
    auth_time: "60 min ago",
    x: undefined,
  });
});
