import fc from "fast-check";
import { groupLogicalName } from "../../../../src/tools/cloudformation/logical-names.ts";

/** Names that are easily taken for each other, as well as any that Cognito takes. */
const name = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "A", "-", "_", "1", "Log", "Group", "é"), minLength: 1 }),
  fc
    .string({ unit: "binary", minLength: 1, maxLength: 128 })
    .filter((text) => /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(text)),
);

describe("the logical name of a group", () => {
  it.each([
    ["customers", "CustomersGroup"],
    ["support", "SupportGroup"],
    ["trainees", "TraineesGroup"],
    ["finance", "FinanceGroup"],
    ["admins", "AdminsGroup"],
    ["partners", "PartnersGroup"],
    ["suspended", "SuspendedGroup"],
  ])("of %s is the one that it has always had", (group, logicalName) => {
    expect(groupLogicalName(group)).toBe(logicalName);
  });

  // A changed logical name replaces the group: these must stay for ever.
  it.each([
    ["team-a", "TeamAGroup96c2886c51d1dfb4901d"],
    ["Support", "SupportGroupbe91940b79f469101df9"],
    ["1st", "1stGroupe01ddf6594a4387bbf52"],
    ["日本", "Groupcf2abf0c5be326cb922a"],
  ])("of %s ends in a digest of the name", (group, logicalName) => {
    expect(groupLogicalName(group)).toBe(logicalName);
  });

  it("is not that of a function's log group", () => {
    expect(groupLogicalName("ordersLog")).not.toBe("OrdersLogGroup");
  });

  it("is one that CloudFormation takes, and no other group's", () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 40 }), (groups) => {
        const names = groups.map(groupLogicalName);
        expect(names.filter((one) => !/^[A-Za-z0-9]{1,255}$/.test(one))).toEqual([]);
        expect(new Set(names).size).toBe(groups.length);
        // Nor that of another group's role.
        expect(names.filter((one) => names.includes(`${one}Role`))).toEqual([]);
      }),
    );
  });
});
