import { ConfigurationError } from "../errors.ts";

/** The environment, read once at the start of a function. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The value of a required variable. @throws ConfigurationError naming it */
export function required(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value.trim() === "") {
    throw new ConfigurationError(`environment variable \`${name}\` is missing or empty`);
  }
  return value;
}

/** The value of a variable, or undefined if it is missing or empty. */
export function optional(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value.trim() === "" ? undefined : value;
}

/** Exactly `true` or `false`; `otherwise` if it is missing. @throws ConfigurationError on anything else */
export function flag(env: Environment, name: string, otherwise: boolean): boolean {
  const value = optional(env, name);
  if (value === undefined) return otherwise;
  if (value === "true") return true;
  if (value === "false") return false;
  throw new ConfigurationError(
    `environment variable \`${name}\` is \`${value}\`; expected \`true\` or \`false\``,
  );
}

/** One of the values; the first if it is missing. @throws ConfigurationError on anything else */
export function choice<V extends string>(env: Environment, name: string, values: readonly [V, ...V[]]): V {
  const value = optional(env, name) ?? values[0];
  const found = values.find((one) => one === value);
  if (found !== undefined) return found;
  const expected = [...new Set(values)].map((one) => `\`${one}\``).join(" or ");
  throw new ConfigurationError(`environment variable \`${name}\` is \`${value}\`; expected ${expected}`);
}

/** A whole number of at least `least`; `otherwise` if it is missing. @throws ConfigurationError on anything else */
export function wholeNumber(env: Environment, name: string, otherwise: number, least: number): number {
  const value = optional(env, name);
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least || !/^\d+$/.test(value)) {
    throw new ConfigurationError(
      `environment variable \`${name}\` is \`${value}\`; expected a whole number of at least ${least}`,
    );
  }
  return number;
}

/**
 * A JSON object whose values `read` converts, e.g. `{"web":"1h57kf5cpq17m0eml12EXAMPLE"}`. An empty map if it is
 * missing.
 * @throws ConfigurationError on anything that is not such an object
 */
export function jsonMap<V>(
  env: Environment,
  name: string,
  read: (value: unknown) => V | undefined,
  expected: string,
): ReadonlyMap<string, V> {
  const text = optional(env, name);
  if (text === undefined) return new Map();
  const fail = (options?: ErrorOptions) =>
    new ConfigurationError(`environment variable \`${name}\` is not ${expected}`, options);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw fail({ cause });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw fail();
  const map = new Map<string, V>();
  for (const [key, value] of Object.entries(parsed)) {
    const item = read(value);
    if (item === undefined) throw fail();
    map.set(key, item);
  }
  return map;
}

/** The JSON value of a variable; undefined if it is missing or empty. @throws ConfigurationError naming it */
export function json(env: Environment, name: string): unknown {
  const text = optional(env, name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError(`environment variable \`${name}\` is not JSON`, { cause });
  }
}

/**
 * Reads what a variable holds, and names the variable in errors about it.
 * @param expected what to write instead, if the error of `read` does not say it
 * @throws ConfigurationError
 */
export function inVariable<V>(name: string, read: () => V, expected?: string): V {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    const told = `environment variable \`${name}\`: ${cause.message}`;
    throw new ConfigurationError(expected === undefined ? told : `${told}; expected ${expected}`, { cause });
  }
}

/** Reads a JSON string: for {@link jsonMap}. */
export const asText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** Reads a JSON array of strings: for {@link jsonMap}. */
export const asTexts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
