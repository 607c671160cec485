import { groupSettingsRefused } from "../../../../../src/tools/lint/rules/group-settings-refused.ts";
import { found, groupSettings } from "../linting.ts";

const check = (...lines: string[]) => found(groupSettingsRefused, [], undefined, groupSettings(...lines));

describe("group-settings-refused", () => {
  it("finds a description that is too long, by characters", () => {
    expect(check(`a: {description: ${"x".repeat(2049)}}`)).toEqual([
      "1:18: the description has 2049 characters; Cognito accepts at most 2048; shorten it",
    ]);
    expect(check(`a: {description: ${"😀".repeat(2048)}}`)).toEqual([]);
  });

  it.each(["-1", "1.5", "2147483648", ".inf", ".nan"])("finds the precedence %s", (number) => {
    const said = { ".inf": "Infinity", ".nan": "NaN" }[number] ?? number;
    expect(check(`a: {precedence: ${number}}`)).toEqual([
      `1:17: the precedence is ${said}; expected a whole number from 0 to 2147483647; the lowest number wins; use steps of ten to leave room for more groups`,
    ]);
  });

  it.each(["0", "2147483647"])("accepts the precedence %s", (number) => {
    expect(check(`a: {precedence: ${number}}`)).toEqual([]);
  });

  it.each([
    "arn:aws:iam::111122223333:user/finance",
    "arn:aws:iam::1111:role/finance",
    "arn:aws:iam::111122223333:role/",
    "arn:aws:sts::111122223333:assumed-role/finance/x",
  ])("finds that %s is not a role", (arn) => {
    expect(check(`a: {iamRole: "${arn}"}`)).toEqual([
      `1:14: \`${arn}\` is neither the ARN nor the logical name of a role; write an ARN as \`arn:aws:iam::111122223333:role/NAME\``,
    ]);
  });

  it("finds a role that is not a logical name either", () => {
    expect(check("a: {iamRole: finance-role}")).toEqual([
      "1:14: `finance-role` is neither the ARN nor the logical name of a role; use only letters and digits in a logical name",
    ]);
  });

  it.each([
    "FinanceRole",
    "arn:aws:iam::111122223333:role/finance",
    "arn:aws-us-gov:iam::111122223333:role/path/finance+a=b,c.d@e-f_g",
  ])("accepts the role %s", (role) => {
    expect(check(`a: {iamRole: "${role}"}`)).toEqual([]);
  });

  it.each(["reports", "/", "/reports/", "", "a b/"])("finds that %j is not a prefix", (prefix) => {
    expect(check(`a: {iamRole: {generate: {write: ["${prefix}"]}}}`)).toEqual([
      `1:34: \`${prefix}\` is not a prefix that ends with \`/\`; write it as \`reports/\` or \`reports/2026/\``,
    ]);
  });

  it.each(["*", "reports/*", "reports?/", "users/${aws:PrincipalTag/sub}/"])(
    "finds that %j would be a wildcard or a variable to IAM",
    (prefix) => {
      expect(check(`a: {iamRole: {generate: {read: ["${prefix}"]}}}`)).toEqual([
        `1:33: \`${prefix}\` is not a prefix that ends with \`/\`; remove the wildcard: a prefix includes everything below it`,
      ]);
    },
  );

  it("accepts prefixes of one and of several folders, and no groups.yaml", () => {
    expect(check("a: {iamRole: {generate: {read: [reports/, a/b-c/d_e/], write: []}}}")).toEqual([]);
    expect(found(groupSettingsRefused, [])).toEqual([]);
  });
});
