import { groupNameWithinAnother } from "../../../../../../src/tools/lint/rules/service/group-name-within-another.ts";
import { groupSettings } from "../../linting.ts";
import { atLine, found } from "./support.ts";

const pool = (...rules: { claim: string; matchType: string; value: string }[]) => ({
  identityPool: { roles: [], principalTags: [], rules: rules.map((rule) => ({ ...rule, at: atLine(4) })) },
});
const contains = (value: string) => ({ claim: "cognito:groups", matchType: "Contains", value });
const ROWS = "g, group:support, role:r\ng, group:support-trainees, role:r";

describe("group-name-within-another", () => {
  it("finds a name within another group's, at its settings", () => {
    const settings = groupSettings("support: {iamRole: A}");
    expect(found(groupNameWithinAnother, ROWS, pool(contains("support")), settings)).toEqual([
      "groups.yaml:1:1: members of `support-trainees` may get the IAM role of `support`: a rule tests whether one name contains the other; " +
        "rename one of the groups, or set the parameter `roleMapping` to `token`",
    ]);
  });

  it("finds it in groups that the stack writes, and at the mapping rule where there are no settings", () => {
    const service = { ...pool(contains("port")), groups: [{ name: "import", at: atLine(3) }] };
    expect(found(groupNameWithinAnother, "g, group:port, role:r", service)[0]).toMatch(
      /^serverless\.yml:4:1: members of `import` may/,
    );
  });

  it("accepts names that are apart, other claims and other comparisons", () => {
    expect(found(groupNameWithinAnother, ROWS, pool(contains("support-trainees")))).toEqual([]);
    const others = pool(
      { ...contains("support"), claim: "custom:department" },
      { ...contains("support"), matchType: "Equals" },
    );
    expect(found(groupNameWithinAnother, ROWS, others)).toEqual([]);
    expect(found(groupNameWithinAnother, ROWS, {})).toEqual([]);
  });
});
