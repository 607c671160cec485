import { readFileSync } from "node:fs";
import { explain } from "../../../src/policy/explain.ts";
import { parseRows } from "../../../src/policy/parse.ts";
import { describeOtherTenant } from "../../../src/tools/access/describe-tenant.ts";
import { runTestFiles } from "../../../src/tools/policy-tests/results.ts";
import { parseTestFile } from "../../../src/tools/policy-tests/test-file.ts";
import { policyFrom } from "../../support/policy.ts";
import { linted } from "../tools/lint/linting.ts";

const page = readFileSync("docs/tenants.md", "utf8");
const blockOf = (language: string) => page.split(`\`\`\`${language}\n`)[1]?.split("```")[0] ?? "";
const [csv, yaml] = [blockOf("csv"), blockOf("yaml")];

describe("docs/tenants.md", () => {
  it("has a policy without a finding", () => {
    expect(linted(csv.split("\n"))).toEqual([]);
  });

  it("has a policy test that passes, invariants included", () => {
    const policy = policyFrom(csv);
    const test = parseTestFile(policy, "tenants.test.yaml", yaml);
    expect(test.findings).toEqual([]);
    const { failed, passed, coverage } = runTestFiles(policy, parseRows("p.csv", csv).rows, [test]);
    expect({ failed, passed, covered: coverage.covered, of: coverage.total }).toEqual({
      ...{ failed: 0, passed: 14, covered: 11, of: 11 },
    });
  });

  it("explains a deny as the command does", () => {
    const [miss] = explain(policyFrom(csv), {
      subjects: ["role:authenticated", "group:acme.editors"],
      route: "GET /tenants/{tenantId}/projects",
      parameters: { tenantId: "globex" },
      claims: {},
    }).missing;
    if (miss?.because.kind !== "other_tenant") throw new Error("the role is held in no tenant");
    expect(page).toContain(`no row grants it: ${describeOtherTenant(miss.because)}\n`);
  });
});
