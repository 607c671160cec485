import { attributeLabel } from "../../../../../src/tools/managed-login/pages/attribute-label.ts";

test.each([
  ["email", "E-mail address"],
  ["family_name", "Family name"],
  ["custom:cost_center", "Cost center"],
  ["name", "Name"],
])("the attribute `%s` is called %s", (name, label) => {
  expect(attributeLabel(name)).toBe(label);
});
