import { readFileSync } from "node:fs";
import { ConfigurationError } from "../../../errors.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import { LOCAL } from "../identifiers.ts";

/** A sample user to try the service as. */
export interface UserPersona {
  readonly kind: "user";
  readonly name: string;
  /** What the persona demonstrates. */
  readonly what: string;
  readonly sub: string;
  readonly username: string;
  readonly email: string;
  /** Names of Cognito groups. */
  readonly groups: readonly string[];
  /** Claims that the pre-token-generation trigger copies into the access token, e.g. `tenant_id`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Logical name of the app client that the persona signs in with. */
  readonly client: string;
}

/** An app client that acts for itself (OAuth 2.0 client credentials). */
export interface MachinePersona {
  readonly kind: "machine";
  readonly name: string;
  readonly what: string;
  readonly client: string;
  readonly scopes: readonly string[];
}

export type Persona = UserPersona | MachinePersona;

/** The personas and machines by name, in the order of the file. */
export type Personas = ReadonlyMap<string, Persona>;

/** Reads `events/personas.json`. @throws ConfigurationError naming the file and what is wrong in it */
export function readPersonas(file: string): Personas {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new ConfigurationError(`the personas \`${file}\` cannot be read: ${whyNotRead(cause)}`, { cause });
  }
  return parsePersonas(parsed, file);
}

/** The same from parsed JSON; messages name `file`. @throws ConfigurationError */
export function parsePersonas(parsed: unknown, file: string): Personas {
  if (!isRecord(parsed)) throw new ConfigurationError(`personas \`${file}\` is not an object of personas`);
  return new Map(
    Object.entries(parsed).map(([name, value]) => [name, parsePersona(name, value, `${file}: \`${name}\``)]),
  );
}

/** The persona of this name. @throws ConfigurationError that lists the known names */
export function personaNamed(personas: Personas, name: string): Persona {
  const persona = personas.get(name);
  if (persona !== undefined) return persona;
  throw new ConfigurationError(
    `there is no persona \`${name}\`; there are ${[...personas.keys()].join(", ")}`,
  );
}

function parsePersona(name: string, value: unknown, where: string): Persona {
  if (!isRecord(value)) throw new ConfigurationError(`${where} is not an object`);
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new ConfigurationError(`${where} is not a name; expected lower-case letters, digits and hyphens`);
  }
  const text = (key: string): string => {
    const item = value[key];
    if (typeof item === "string" && item !== "") return item;
    throw new ConfigurationError(`${where} has no string \`${key}\``);
  };
  const texts = (key: string): readonly string[] => {
    const item = value[key];
    if (Array.isArray(item) && item.every((one): one is string => typeof one === "string")) return item;
    throw new ConfigurationError(`${where} has no list of strings \`${key}\``);
  };
  const client = text("client");
  if (!Object.hasOwn(LOCAL.appClients, client)) {
    throw new ConfigurationError(
      `${where} has the app client \`${client}\`; expected one of ${Object.keys(LOCAL.appClients).join(", ")}`,
    );
  }
  const what = text("what");
  const kind = text("kind");
  if (kind === "machine") {
    refuseOtherKeys(value, ["kind", "what", "client", "scopes"], where);
    return { kind, name, what, client, scopes: texts("scopes") };
  }
  if (kind !== "user") throw new ConfigurationError(`${where} is neither a \`user\` nor a \`machine\``);
  refuseOtherKeys(
    value,
    ["kind", "what", "sub", "username", "email", "groups", "attributes", "client"],
    where,
  );
  const attributes: unknown = value["attributes"] ?? {};
  if (!isRecord(attributes))
    throw new ConfigurationError(`${where} has \`attributes\` that are not an object`);
  const pairs = Object.entries(attributes).map(([key, item]): [string, string] => {
    if (typeof item === "string") return [key, item];
    throw new ConfigurationError(`${where} has an attribute \`${key}\` that is not a string`);
  });
  return {
    kind,
    name,
    what,
    sub: text("sub"),
    username: text("username"),
    email: text("email"),
    groups: texts("groups"),
    attributes: Object.fromEntries(pairs),
    client,
  };
}

function refuseOtherKeys(value: Record<string, unknown>, known: readonly string[], where: string): void {
  const other = Object.keys(value).find((key) => !known.includes(key));
  if (other !== undefined) throw new ConfigurationError(`${where} has an unknown property \`${other}\``);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
