import { invalidParameter, notAuthorized } from "../cognito-error.ts";
import type { AttributeConfig, ClientConfig, PoolConfig } from "../config/pool-config.ts";
import type { Attributes } from "./user.ts";

/**
 * When attributes are written. A new user gets even immutable ones, and all that are required, unless an administrator
 * creates it: then the user gives the rest at the first sign-in.
 */
export type Writing = "sign-up" | "administrator" | "update";

/** What only Cognito and administrators write. */
const NEVER_BY_CLIENTS: ReadonlySet<string> = new Set(["sub", "email_verified", "phone_number_verified"]);

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** E.164, which Cognito asks for. */
const PHONE = /^\+\d{1,15}$/;

/** @throws CognitoError `InvalidParameterException` where the values do not fit the schema of the pool */
export function assertSchema({ schema }: Pick<PoolConfig, "schema">, given: Attributes, writing: Writing) {
  for (const [name, value] of Object.entries(given)) {
    const attribute = schema.find((candidate) => candidate.name === name);
    if (attribute === undefined) {
      throw nonconforming(
        name.includes(":")
          ? `Type for attribute {${name}} could not be determined`
          : `${name}: Attribute does not exist in the schema.\n`,
      );
    }
    // Nobody chooses a `sub`: it would make one user another.
    if (name === "sub" || (writing === "update" && !attribute.mutable)) {
      throw invalidParameter(`user.${name}: Attribute cannot be updated.\n`);
    }
    if (value !== "") assertValue(attribute, value);
  }
  if (writing === "sign-up") {
    assertPresent(schema.filter(({ name, required }) => required && name !== "sub" && !given[name]));
  } else if (writing === "update") {
    // An empty value deletes the attribute.
    assertPresent(schema.filter(({ name, required }) => required && given[name] === ""));
  }
}

/** Deletes attributes, with what is said of them. @throws CognitoError where they have to stay */
export function withoutAttributes(
  { schema }: Pick<PoolConfig, "schema">,
  attributes: Attributes,
  names: readonly string[],
): Attributes {
  assertSchema({ schema }, Object.fromEntries(names.map((name) => [name, ""])), "update");
  const gone = new Set(names.flatMap((name) => [name, `${name}_verified`]));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !gone.has(name)));
}

function assertPresent(missing: readonly AttributeConfig[]): void {
  if (missing.length === 0) return;
  throw nonconforming(missing.map(({ name }) => `${name}: The attribute is required\n`).join(""));
}

/** A client writes what its `WriteAttributes` name, and never what only Cognito writes. @throws CognitoError */
export function assertWritable({ writeAttributes }: ClientConfig, names: readonly string[]): void {
  const forbidden = names.some(
    (name) =>
      NEVER_BY_CLIENTS.has(name) || (writeAttributes !== undefined && !writeAttributes.includes(name)),
  );
  if (forbidden) throw notAuthorized("A client attempted to write unauthorized attribute");
}

function assertValue(attribute: AttributeConfig, value: string): void {
  const { name, type, minLength, maxLength, minValue, maxValue } = attribute;
  if (name === "email" && !EMAIL.test(value)) {
    throw invalidParameter("Invalid email address format.");
  }
  if (name === "phone_number" && !PHONE.test(value)) {
    throw invalidParameter("Invalid phone number format.");
  }
  if (type === "Number") {
    assertNumber(name, value, minValue, maxValue);
  } else if (type === "Boolean") {
    if (value !== "true" && value !== "false")
      throw nonconforming(`${name}: Boolean must be true or false\n`);
  } else if (type === "DateTime") {
    if (Number.isNaN(Date.parse(value))) throw nonconforming(`${name}: Value is not a date\n`);
  } else {
    if (minLength !== undefined && value.length < minLength) {
      throw nonconforming(`${name}: String must be no shorter than ${minLength} characters\n`);
    }
    if (maxLength !== undefined && value.length > maxLength) {
      throw nonconforming(`${name}: String must be no longer than ${maxLength} characters\n`);
    }
  }
}

function assertNumber(name: string, value: string, minimum: number | undefined, maximum: number | undefined) {
  const number = value.trim() === "" ? Number.NaN : Number(value);
  if (!Number.isFinite(number)) throw nonconforming(`${name}: Value is not a number\n`);
  if (minimum !== undefined && number < minimum) {
    throw nonconforming(`${name}: Number must be no smaller than ${minimum}\n`);
  }
  if (maximum !== undefined && number > maximum) {
    throw nonconforming(`${name}: Number must be no larger than ${maximum}\n`);
  }
}

const nonconforming = (text: string) => invalidParameter(`Attributes did not conform to the schema: ${text}`);
