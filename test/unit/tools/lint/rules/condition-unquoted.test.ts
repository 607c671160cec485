import { parseRows } from "../../../../../src/policy/parse.ts";
import { conditionUnquoted } from "../../../../../src/tools/lint/rules/condition-unquoted.ts";
import { found, linted, serviceWith } from "../linting.ts";

const ROUTE = "g2, GET /x/{env}/{tenantId}, x:y";
const unquoted = (condition: string) =>
  found(conditionUnquoted, [ROUTE, `p, role:a, x:y, allow, ${condition}`]);

describe("condition-unquoted", () => {
  it("finds a literal without its quotes, and suggests them", () => {
    expect(unquoted("{env}=dev")).toEqual([
      "2:30: `dev` without quotes is a claim, and neither Cognito nor a test of the policy has one of that name; did you mean `'dev'`? Else name the claim in a test",
    ]);
    expect(unquoted("{tenantId}=sub&{env}!=eu-west-1")).toEqual([
      expect.stringContaining("2:46: `eu-west-1`"),
    ]);
  });

  it("suggests the claim that is misspelled", () => {
    expect(unquoted("{env}=usernam")).toEqual([expect.stringContaining("did you mean `username`?")]);
  });

  it("suggests no literal for what is a claim by its name", () => {
    expect(unquoted("{tenantId}=tenant_id")).toEqual([
      "2:35: `tenant_id` without quotes is a claim, and neither Cognito nor a test of the policy has one of that name; if a trigger adds the claim, name it in a test: `claims: { tenant_id: ... }`",
    ]);
    expect(unquoted("{env}=custom:team")).toEqual([expect.stringContaining("name it in a test")]);
  });

  it("accepts literals, claims of Cognito, and what another rule reports", () => {
    expect(unquoted("{env}='dev'&{tenantId}!=sub&{tenantId}=client_id")).toEqual([]);
    expect(unquoted("{env}=auth_time")).toEqual([]);
  });

  it("accepts claims that a test of the policy names", () => {
    const lines = [ROUTE, "p, role:a, x:y, allow, {env}=stage&{tenantId}=tenant_id"];
    const file = { path: "test.csv", text: lines.join("\n") };
    const { rows } = parseRows(file.path, file.text);
    const testedClaims = () => new Set(["tenant_id"]);
    const problems = conditionUnquoted.check({ rows, files: [file], service: undefined, testedClaims });
    expect([...problems].map(({ column }) => column)).toEqual([30]);
  });

  it("leaves claims to condition-claim where these are known", () => {
    const lines = ["g, group:a, role:a", ROUTE, "p, role:a, x:y, allow, {env}=dev"];
    expect(linted(lines)).toEqual(["3:30 warning condition-unquoted"]);
    const service = serviceWith({ copiedClaims: new Map([["tenant_id", "custom:tenant_id"]]) });
    expect(linted(lines, { service })).toContain("3:30 error condition-claim");
    expect(linted(lines, { service })).not.toContain("3:30 warning condition-unquoted");
  });
});
