import { runSuite } from "../../../../src/tools/policy-tests/run-suites.ts";
import { parseTestFile } from "../../../../src/tools/policy-tests/test-file.ts";
import { policyFrom } from "../../../support/policy.ts";

const POLICY = policyFrom(`
p, group:finance, payments:approve, allow, max_age=300
p, client:worker, payments:read, allow
g2, POST /payments, payments:approve
g2, GET /payments, payments:read
`);

const read = (principals: string) =>
  parseTestFile(
    POLICY,
    "ages.test.yaml",
    `principals: { ${principals} }\nsuites: [{ name: x, routes: [POST /payments] }]\n`,
  );
const problems = (principals: string) => read(principals).findings.map(({ message }) => message);

describe("the age of a sign-in in a policy test", () => {
  it("decides conditions, and is unknown where a principal has none", () => {
    const { suites, findings } = read(
      "now: { groups: [finance], age: 0 }, soon: { groups: [finance], age: 300 }, late: { groups: [finance], age: 301 }, never: { groups: [finance] }",
    );
    expect(findings).toEqual([]);
    const cases = suites.flatMap((suite) => runSuite(POLICY, suite));
    expect(cases.map(({ explanation }) => explanation.effect)).toEqual(["allow", "allow", "deny", "deny"]);
  });

  it.each(["-1", "1.5", '"60"', "5m", "[60]"])("is refused as %s", (age) => {
    expect(problems(`ann: { groups: [finance], age: ${age} }`)).toEqual([
      expect.stringContaining("a whole number"),
    ]);
  });

  it("is refused for a machine", () => {
    expect(problems("bot: { client: worker, age: 1 }")).toEqual([
      "a machine has no `age`: it never signs in",
    ]);
  });
});
