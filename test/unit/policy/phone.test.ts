import { isPhoneNumber, isPhonePattern, phonePatternsCovering } from "../../../src/policy/phone.ts";
import { groupsForPhone, mayClaimPhone } from "../../../src/policy/sign-up.ts";
import { policyFrom } from "../../support/policy.ts";

it.each([
  ["+4930901820", true],
  ["+12", true],
  ["+123456789012345", true],
  ["+1234567890123456", false],
  ["+1", false],
  ["+", false],
  ["+04930901820", false],
  ["004930901820", false],
  ["4930901820", false],
  ["+49 30 901820", false],
  ["+49-30-901820", false],
  ["+49*", false],
  ["+4930901820\n", false],
  // Arabic and full-width digits.
  ["+\u0664\u0669301234", false],
  ["+\uff14\uff19301234", false],
  ["\uff0b4930901820", false],
])("%j is a phone number: %s", (text, is) => {
  expect(isPhoneNumber(text)).toBe(is);
});

it.each([
  ["+*", true],
  ["+4*", true],
  ["+49*", true],
  ["+123456789012345*", true],
  ["+1234567890123456*", false],
  ["+4930901820", true],
  ["+0*", false],
  ["+4*9", false],
  ["*49", false],
  ["*", false],
  ["+", false],
  ["+49@example.com", false],
])("%s is a pattern for phone numbers: %s", (text, is) => {
  expect(isPhonePattern(text)).toBe(is);
});

it("the patterns that cover a number, or a prefix, are the shorter prefixes, the narrowest first", () => {
  expect(phonePatternsCovering("+493")).toEqual(["+493", "+493*", "+49*", "+4*", "+*"]);
  expect(phonePatternsCovering("+49*")).toEqual(["+49*", "+4*", "+*"]);
});

describe("a policy about phone numbers", () => {
  const policy = policyFrom(`
p2, *, allow
p2, +49*, allow
p2, +49900*, deny
p2, +4930901820, deny
g3, +49*, group:customers
g3, +4930*, group:berlin
g3, *, group:everyone
`);

  it.each([
    ["+4930123456", "allow"],
    ["+491701234567", "allow"],
    ["+49900123456", "deny"],
    ["+4930901820", "deny"],
    ["+49309018201", "allow"],
    ["+4820123456", "deny"],
    ["4930123456", "deny"],
    ["+49 30123456", "deny"],
    ["+4930123456@example.com", "deny"],
    ["", "deny"],
  ])("%j: %s", (phone, effect) => {
    expect(mayClaimPhone(policy, phone).effect).toBe(effect);
  });

  it("gives the union of its groups, and none of the rows about addresses", () => {
    expect(groupsForPhone(policy, "+4930123456")).toEqual(["berlin", "customers"]);
    expect(groupsForPhone(policy, "+4820123456")).toEqual([]);
    expect(groupsForPhone(policy, "4930123456")).toEqual([]);
  });

  it("names the rows that decided", () => {
    const rows = (phone: string) => mayClaimPhone(policy, phone).determining.map(({ row }) => row);
    expect(rows("+49900123456")).toEqual(["p2, +49900*, deny"]);
    expect(rows("+4930123456")).toEqual(["p2, +49*, allow"]);
    expect(rows("+4820123456")).toEqual([]);
  });
});

it("no phone number is allowed by `*`, which is every address", () => {
  expect(mayClaimPhone(policyFrom("p2, *, allow"), "+4930123456").effect).toBe("deny");
});
