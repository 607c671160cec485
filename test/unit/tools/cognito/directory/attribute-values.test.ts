import { CognitoError } from "../../../../../src/tools/cognito/cognito-error.ts";
import { attributeSchema } from "../../../../../src/tools/cognito/config/attribute-schema.ts";
import {
  assertSchema,
  assertWritable,
  type Writing,
  withoutAttributes,
} from "../../../../../src/tools/cognito/directory/attribute-values.ts";
import { testClient } from "../../../../support/user-pool.ts";

const SCHEMA = {
  schema: attributeSchema([
    { Name: "team", Mutable: true, StringAttributeConstraints: { MinLength: "2", MaxLength: "4" } },
    {
      Name: "age",
      AttributeDataType: "Number",
      Mutable: true,
      NumberAttributeConstraints: { MinValue: "1", MaxValue: "150" },
    },
    { Name: "adult", AttributeDataType: "Boolean", Mutable: true },
    { Name: "hired", AttributeDataType: "DateTime", Mutable: true },
    { Name: "tenant", Mutable: false },
    { Name: "name", Required: true },
  ]),
};

/** Why the values are refused; undefined where they fit. */
function refused(values: Record<string, string>, writing: Writing = "administrator"): string | undefined {
  try {
    assertSchema(SCHEMA, values, writing);
    return undefined;
  } catch (error) {
    if (error instanceof CognitoError && error.code === "InvalidParameterException") return error.message;
    throw error;
  }
}

test.each([
  ["custom:team", "ab"],
  ["custom:team", "abcd"],
  ["custom:age", "1"],
  ["custom:age", "150"],
  ["custom:adult", "true"],
  ["custom:hired", "2026-11-29T05:00:00Z"],
  ["custom:tenant", "a"],
  ["email", "a@example.com"],
  ["phone_number", "+15550001234"],
  ["birthdate", "2000-02-29"],
  ["updated_at", "0"],
])("%s may be %s", (name, value) => {
  expect(refused({ [name]: value })).toBeUndefined();
});

test.each([
  ["custom:team", "a", /custom:team: String must be no shorter than 2 characters/],
  ["custom:team", "abcde", /custom:team: String must be no longer than 4 characters/],
  ["custom:age", "0", /custom:age: Number must be no smaller than 1/],
  ["custom:age", "151", /custom:age: Number must be no larger than 150/],
  ["custom:age", "ten", /custom:age: Value is not a number/],
  ["custom:age", " ", /custom:age: Value is not a number/],
  ["custom:adult", "yes", /custom:adult: Boolean must be true or false/],
  ["custom:hired", "someday", /custom:hired: Value is not a date/],
  ["birthdate", "2000", /birthdate: String must be no shorter than 10 characters/],
  ["name", "x".repeat(2049), /name: String must be no longer than 2048 characters/],
  ["email", "a@b@c", /^Invalid email address format\.$/],
  ["phone_number", "+1 555", /^Invalid phone number format\.$/],
  ["custom:other", "1", /Type for attribute \{custom:other\} could not be determined$/],
  ["other", "1", /other: Attribute does not exist in the schema\.\n$/],
  ["toString", "1", /toString: Attribute does not exist in the schema\.\n$/],
])("%s may not be %s", (name, value, text) => {
  expect(refused({ [name]: value })).toMatch(text);
});

test("a sign-up gives what is required; an administrator may leave it to the user; an update keeps it", () => {
  const required = "Attributes did not conform to the schema: name: The attribute is required\n";
  expect(refused({}, "sign-up")).toBe(required);
  expect(refused({ name: "" }, "sign-up")).toBe(required);
  expect(refused({}, "administrator")).toBeUndefined();
  expect(refused({}, "update")).toBeUndefined();
  expect(refused({ name: "" }, "update")).toBe(required);
});

test("what is not mutable is set with a new user only", () => {
  expect(refused({ name: "a", "custom:tenant": "a" }, "sign-up")).toBeUndefined();
  expect(refused({ "custom:tenant": "b" }, "update")).toBe(
    "user.custom:tenant: Attribute cannot be updated.\n",
  );
  expect(refused({ sub: "b" }, "update")).toBe("user.sub: Attribute cannot be updated.\n");
});

test("a deleted address takes with it that it was verified", () => {
  const attributes = { sub: "1", email: "a@example.com", email_verified: "true", nickname: "a" };
  expect(withoutAttributes(SCHEMA, attributes, ["email"])).toEqual({ sub: "1", nickname: "a" });
  expect(() => withoutAttributes(SCHEMA, attributes, ["sub"])).toThrow(
    "user.sub: Attribute cannot be updated.",
  );
  expect(() => withoutAttributes(SCHEMA, attributes, ["custom:tenant"])).toThrow(/cannot be updated/);
});

test("no client writes what only Cognito writes, even one that lists it", () => {
  const greedy = testClient({ WriteAttributes: ["sub", "email", "email_verified"] });
  const text = "A client attempted to write unauthorized attribute";
  expect(() => assertWritable(greedy, ["email"])).not.toThrow();
  for (const name of ["sub", "email_verified", "phone_number_verified", "name"]) {
    expect(() => assertWritable(greedy, [name])).toThrow(text);
  }
});
