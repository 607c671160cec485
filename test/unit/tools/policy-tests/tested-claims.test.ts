import { testedClaims } from "../../../../src/tools/policy-tests/tested-claims.ts";

const claimsOf = (...texts: readonly string[]) =>
  [...testedClaims(texts.map((text, index) => ({ path: `${index}.test.yaml`, text })))].sort();

describe("the claims of policy tests", () => {
  it("are those of every principal of every file", () => {
    const one = "principals:\n  ann:\n    claims: { tenant_id: a, 17: b }\n  bob: { groups: [x] }\n";
    expect(claimsOf(one, "principals: { eve: { claims: { env: dev } } }")).toEqual([
      "17",
      "env",
      "tenant_id",
    ]);
  });

  it.each([
    "",
    "- 1",
    "principals: [a]",
    "principals: { ann: { claims: x } }",
    "principals: {",
    "suites: []",
  ])("are none in %j", (text) => {
    expect(claimsOf(text)).toEqual([]);
  });
});
