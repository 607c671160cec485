import { createPrivateKey } from "node:crypto";
import { type JsonObject, objectOf, textOf } from "../../../json.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isFlag: Check = (value) => typeof value === "boolean";
const isMap: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const mapOf =
  (check: Check): Check =>
  (value) =>
    isMap(value) && Object.values(objectOf(value)).every(check);
const shape =
  (members: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isMap(value) && faultyMember(members, objectOf(value)) === undefined;

const faultyMember = (members: Readonly<Record<string, Check>>, value: JsonObject) =>
  Object.keys(members).find((name) => members[name]?.(value[name]) === false);

const PASSWORD = shape({ salt: isText, verifier: isText });

const KEY = shape({ kid: isText, pem: isRsaKey });

/** Collection -> what its records have at least. A collection that is not here has records of any shape. */
const RECORDS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  users: {
    username: isText,
    attributes: mapOf(isText),
    enabled: isFlag,
    status: isText,
    password: optional(PASSWORD),
    formerPasswords: optional(listOf(PASSWORD)),
    temporaryUntil: optional(isNumber),
    codes: mapOf(shape({ code: isText, expiresAt: isNumber })),
    mfa: shape({ enabled: listOf(isText) }),
    groups: listOf(isText),
    identities: listOf(shape({ providerName: isText, userId: isText })),
    createdAt: isNumber,
    modifiedAt: isNumber,
  },
  groups: { name: isText, createdAt: isNumber, modifiedAt: isNumber, precedence: optional(isNumber) },
  "sign-ins": {
    id: isText,
    username: isText,
    clientId: isText,
    authTime: isNumber,
    scopes: listOf(isText),
    refreshTokens: listOf(shape({ hash: isText, until: optional(isNumber) })),
    expiresAt: isNumber,
    ended: isFlag,
  },
  keys: { access: KEY, id: KEY },
  identities: { sub: optional(isText) },
};

/** The member by which records of a collection are kept. */
const NAMED_BY: Readonly<Record<string, string>> = { users: "username", groups: "name", "sign-ins": "id" };

/**
 * What is wrong with a record, so that a damaged file stops the start and not a later request.
 *
 * @returns undefined if nothing is, e.g. ``its `enabled` is wrong``
 */
export function recordFault(collection: string, key: string, value: unknown): string | undefined {
  const members = Object.hasOwn(RECORDS, collection) ? RECORDS[collection] : undefined;
  if (members === undefined) return undefined;
  if (!isMap(value)) return "it is not a map";
  const record = objectOf(value);
  const faulty = faultyMember(members, record);
  if (faulty !== undefined) return `its \`${faulty}\` is ${faulty in record ? "damaged" : "missing"}`;
  const name = NAMED_BY[collection];
  return name === undefined || record[name] === key ? undefined : `its \`${name}\` is not that of its key`;
}

/** The pool signs with RSA keys only. */
function isRsaKey(value: unknown): boolean {
  try {
    return createPrivateKey(textOf(value) ?? "").asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
