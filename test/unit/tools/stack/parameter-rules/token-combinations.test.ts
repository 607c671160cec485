import { checkCombinations } from "../../../../../src/tools/stack/parameter-rules/parameter-combinations.ts";
import { TOKEN_COMBINATIONS } from "../../../../../src/tools/stack/parameter-rules/token-combinations.ts";

const OLD = { userPoolId: "us-east-1_Old", appClients: { "old-web": "id-2" }, poolAlias: "legacy" };

function faults(params: Readonly<Record<string, string>>) {
  const values = new Map(Object.entries({ machineClient: "true", ...params }));
  return checkCombinations(TOKEN_COMBINATIONS, { values, given: new Set(), region: "us-east-1" });
}

test.each([
  {},
  { additionalIssuers: "[]" },
  { poolAlias: "main" },
  { poolAlias: "main", additionalIssuers: JSON.stringify([OLD]) },
])("%j is right", (params) => {
  expect(faults(params)).toEqual([]);
});

test.each<[Readonly<Record<string, string>>, string, RegExp]>([
  [{ additionalIssuers: JSON.stringify([OLD]) }, "poolAlias", /needs `poolAlias`/],
  [{ poolAlias: "a/b" }, "poolAlias", /`a\/b` is not a pool alias/],
  [{ poolAlias: "main", additionalIssuers: "x" }, "additionalIssuers", /`additionalIssuers` is not JSON/],
  [{ poolAlias: "legacy", additionalIssuers: JSON.stringify([OLD]) }, "additionalIssuers", /alias `legacy`/],
  [
    {
      poolAlias: "main",
      additionalIssuers: JSON.stringify([{ ...OLD, appClients: { web: "id" } }]),
    },
    "additionalIssuers",
    /called `web`/,
  ],
  [
    {
      poolAlias: "main",
      existingUserPoolId: "us-east-1_Old",
      additionalIssuers: JSON.stringify([OLD]),
    },
    "additionalIssuers",
    /`us-east-1_Old` is configured twice/,
  ],
])("%j is refused, by the name of %s", (params, parameter, message) => {
  expect(faults(params)).toEqual([{ parameter, message: expect.stringMatching(message) as string }]);
});
