import { randomUUID } from "node:crypto";
import { type JsonObject, objectOf, textMapOf, textOf } from "../../../../json.ts";
import { lowerAscii } from "../../../../policy/ascii.ts";
import { CognitoError, invalidParameter, notAuthorized } from "../cognito-error.ts";
import type { Attribute, StoredUser } from "../cognito-local.ts";
import type { LocalPool } from "../local-pool.ts";
import type { ClientPlan } from "../pool-plan.ts";
import type { Attributes } from "../trigger-event.ts";
import { findUser, requiredText, sameCase } from "./operation.ts";

/** Who is about to be: the name that Cognito gives, and the attributes without what Cognito adds. */
export interface NewUser {
  readonly username: string;
  readonly sub: string;
  readonly attributes: Attributes;
}

/**
 * The user that a sign-up, or an administrator, asks for. In a pool where the address is the user name, the
 * name that triggers see is the `sub`.
 *
 * @throws CognitoError
 */
export async function newUser(pool: LocalPool, request: JsonObject): Promise<NewUser> {
  const asked = sameCase(requiredText(request, "Username"));
  const byEmail = pool.plan.usernameAttributes.includes("email");
  if (byEmail && !asked.includes("@")) throw invalidParameter("Username should be an email.");
  const attributes = normalEmail(attributesOf(request["UserAttributes"]));
  assertSchema(pool, attributes);
  const sub = randomUUID();
  const email = byEmail ? { email: attributes["email"] ?? asked } : {};
  if ((await findUser(pool, asked)) !== null) {
    throw new CognitoError(
      "UsernameExistsException",
      byEmail ? "An account with the given email already exists." : "User already exists",
    );
  }
  return { username: byEmail ? sub : asked, sub, attributes: { ...attributes, ...email } };
}

/** The record of a new user. */
export function userRecord(
  pool: LocalPool,
  user: NewUser,
  state: {
    readonly password: string;
    readonly status: string;
    readonly attributes: Attributes;
    readonly code?: string;
  },
): StoredUser {
  const now = pool.now();
  return {
    Username: user.username,
    Password: state.password,
    Attributes: toList({ sub: user.sub, ...state.attributes }),
    Enabled: true,
    UserStatus: state.status,
    ConfirmationCode: state.code,
    RefreshTokens: [],
    UserCreateDate: now,
    UserLastModifiedDate: now,
  };
}

export const toList = (attributes: Attributes): Attribute[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** A list of `{Name, Value}` as a map; of `UserAttributes` and of `ValidationData`. */
export function attributesOf(list: unknown): Attributes {
  if (!Array.isArray(list)) return {};
  const pairs = list.map(objectOf).map((item) => [textOf(item["Name"]), textOf(item["Value"])] as const);
  return Object.fromEntries(
    pairs.filter((pair): pair is readonly [string, string] => pair[0] !== undefined && pair[1] !== undefined),
  );
}

export const metadataOf = (request: JsonObject) => textMapOf(request["ClientMetadata"]);

/** null where the caller sent none, which is what triggers get to see. */
export function validationDataOf(request: JsonObject): Attributes | null {
  return Array.isArray(request["ValidationData"]) ? attributesOf(request["ValidationData"]) : null;
}

/** A client writes what its `WriteAttributes` name, and never what only Cognito writes. */
export function assertWritable(attributes: Attributes, client: ClientPlan): void {
  const forbidden = Object.keys(attributes).some(
    (name) =>
      name === "sub" ||
      name === "email_verified" ||
      name === "phone_number_verified" ||
      (client.writeAttributes !== undefined && !client.writeAttributes.includes(name)),
  );
  if (forbidden) throw notAuthorized("A client attempted to write unauthorized attribute");
}

function assertSchema(pool: LocalPool, attributes: Attributes): void {
  const own = new Set(pool.plan.schema.map((attribute) => `custom:${textOf(attribute["Name"]) ?? ""}`));
  const unknown = Object.keys(attributes).find((name) => name.includes(":") && !own.has(name));
  if (unknown !== undefined) {
    throw invalidParameter(
      `Attributes did not conform to the schema: Type for attribute {${unknown}} could not be determined`,
    );
  }
}

function normalEmail(attributes: Attributes): Attributes {
  const email = attributes["email"];
  return email === undefined ? attributes : { ...attributes, email: lowerAscii(email) };
}
