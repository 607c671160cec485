import { ConfigurationError } from "../../../src/errors.ts";
import { createSubjectAttributes } from "../../../src/triggers/subject-attributes.ts";
import { verbatimSubject } from "../../../src/triggers/verbatim-subject.ts";

const okta = (subject: string, spelledProvider = "okta") => ({ provider: "okta", spelledProvider, subject });

describe("the id of a federated user whose provider maps it to an attribute", () => {
  it.each([
    ["00u1abcdef", "00u1AbCdEf"],
    ["00u1abcdef", "00u1abcdef"],
    ["a.b@example.com", "A.B@Example.com"],
    ["42", "42"],
  ])("is the attribute where the user name has it in lower case: %s, %s", (named, value) => {
    expect(verbatimSubject(okta(named), { value })).toEqual({ subject: value });
  });

  it.each([
    ["another id", "00u1abcdef", "00u1AbCdEg"],
    ["a longer id", "00u1abcdef", "00u1AbCdEf2"],
    ["an id with blanks", "00u1abcdef", " 00u1AbCdEf"],
    ["an id that only Unicode folds to it", "mark", "mar\u212a"],
  ])("is unknown where the attribute is %s", (_, named, value) => {
    expect(verbatimSubject(okta(named), { value })).toEqual({ unknown: "subject_attribute_differs" });
  });

  it("is unknown where the user name kept its case and the attribute has another", () => {
    const name = okta("00u1AbCdEf");
    expect(verbatimSubject(name, { value: "00u1ABCDEF" })).toEqual({ unknown: "subject_attribute_differs" });
    expect(verbatimSubject(name, { value: "00u1AbCdEf" })).toEqual({ subject: "00u1AbCdEf" });
    expect(verbatimSubject(okta("abc", "Okta"), { value: "ABC" })).toEqual({
      unknown: "subject_attribute_differs",
    });
  });

  it("is unknown where the attribute is missing, even if the user name would do", () => {
    for (const subject of ["42", "00u1AbCdEf"])
      expect(verbatimSubject(okta(subject), { value: undefined })).toEqual({
        unknown: "subject_attribute_missing",
      });
  });
});

it("without an attribute, an id with letters in a lower-case user name is unknown", () => {
  expect(verbatimSubject(okta("00u1abcdef"), "none")).toEqual({ unknown: "subject_case_unknown" });
  expect(verbatimSubject(okta("42"), "none")).toEqual({ subject: "42" });
});

describe("the configured attributes", () => {
  it("are one of each provider", () => {
    const configured = new Map([["okta", "custom:okta_id"]]);
    expect(createSubjectAttributes(configured)).toEqual(configured);
  });

  it.each([
    ["a standard attribute", "okta", "profile"],
    ["the marker", "okta", "custom:claimgate_assigned"],
    ["no attribute", "okta", ""],
    ["a provider without a name", "", "custom:okta_id"],
  ])("are refused with %s", (_, provider, attribute) => {
    expect(() => createSubjectAttributes(new Map([[provider, attribute]]))).toThrow(ConfigurationError);
  });
});
