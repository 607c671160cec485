import { groupsOfDirectory } from "../../../src/policy/directory-groups.ts";
import { policyFrom } from "../../support/policy.ts";

const policy = policyFrom(`
g4, CorpSAML/Engineering, group:engineers
g4, CorpSAML/Engineering, group:staff
g4, CorpSAML/Sales, group:staff
g4, CorpSAML/EU/Sales, group:sellers
g4, "CorpSAML/CN=Ops,OU=Groups", group:ops
g4, Okta/Engineering, group:contractors
g4, main/CorpSAML/Engineering, group:main/engineers
g4, legacy/CorpSAML/Engineering, group:main/admins
p, role:authenticated, a:b, allow
`);

describe("directory groups", () => {
  it.each([
    [["Engineering"], ["engineers", "staff"]],
    [
      ["Sales", "Engineering", "Engineering"],
      ["engineers", "staff"],
    ],
    [["EU/Sales"], ["sellers"]],
    [["CN=Ops,OU=Groups"], ["ops"]],
    [["engineering", "Engineering ", " Engineering", "CorpSAML/Engineering", "*", ""], []],
    [[], []],
  ])("of the values %j are the groups %j of the rows that name them exactly", (values, groups) => {
    expect(groupsOfDirectory(policy, "CorpSAML", values)).toEqual(groups);
  });

  it("belong to one provider: its name ends at the first slash", () => {
    expect(groupsOfDirectory(policy, "Okta", ["Engineering"])).toEqual(["contractors"]);
    expect(groupsOfDirectory(policy, "CorpSAML/EU", ["Sales"])).toEqual([]);
    expect(groupsOfDirectory(policy, "corpsaml", ["Engineering"])).toEqual([]);
  });

  it("of one pool among several have its alias before provider and group", () => {
    expect(groupsOfDirectory(policy, "CorpSAML", ["Engineering"], "main")).toEqual(["engineers"]);
    expect(groupsOfDirectory(policy, "CorpSAML", ["Engineering"], "legacy")).toEqual([]);
    expect(groupsOfDirectory(policy, "CorpSAML", ["Engineering"], "corp")).toEqual([]);
  });
});
