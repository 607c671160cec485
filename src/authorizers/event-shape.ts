import { ClaimgateError } from "../errors.ts";
import { own } from "../own-property.ts";
import { isNamed } from "../policy/ascii.ts";

/** An event, or a part of it, does not have the documented shape of its gateway. */
export function malformed(what: string): ClaimgateError {
  return new ClaimgateError("request_malformed", `the event has no ${what}`);
}

/** The own property of any value; undefined if there is none. */
export function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return own(value as Readonly<Record<string, unknown>>, name);
}

/** The own property, which must be a string. @throws ClaimgateError request_malformed */
export function text(value: unknown, name: string): string {
  const found = property(value, name);
  if (typeof found === "string" && found !== "") return found;
  throw malformed(`string \`${name}\``);
}

const NONE: Readonly<Record<string, string>> = Object.freeze({});

/**
 * The `pathParameters` of an event, which are null or missing if the route has none.
 * @throws ClaimgateError request_malformed
 */
export function pathParameters(event: unknown): Readonly<Record<string, string>> {
  const found = property(event, "pathParameters") ?? NONE;
  if (found === NONE) return NONE;
  if (typeof found !== "object" || Array.isArray(found)) throw malformed("map `pathParameters`");
  return Object.fromEntries(
    Object.entries(found).map(([name, value]: [string, unknown]): [string, string] => {
      if (typeof value === "string") return [name, value];
      throw malformed("strings in `pathParameters`");
    }),
  );
}

/**
 * All values of a header, ignoring the case of its name, from `multiValueHeaders` if the event has it, else from
 * `headers`. A value in `headers` that `multiValueHeaders` lacks is included.
 * @throws ClaimgateError request_malformed if a value is not a string
 *
 * @example
 * import { headerValues, readBearerToken } from "claimgate/authorizers";
 *
 * export const tokenOf = (event: unknown) => readBearerToken(headerValues(event, "authorization"));
 */
export function headerValues(event: unknown, header: string): readonly string[] {
  const values = valuesIn(property(event, "multiValueHeaders"), header);
  const single = valuesIn(property(event, "headers"), header);
  return values.length === 0 ? single : [...values, ...single.filter((value) => !values.includes(value))];
}

/** All values of a query parameter, whose name is case-sensitive. @throws ClaimgateError request_malformed */
export function parameterValues(event: unknown, name: string): readonly string[] {
  const several = property(property(event, "multiValueQueryStringParameters"), name);
  const single = property(property(event, "queryStringParameters"), name);
  const values = [...new Set([several ?? [], single ?? []].flat())];
  if (values.every((value) => typeof value === "string")) return values;
  throw malformed(`strings in query parameter \`${name}\``);
}

const NO_VALUES: readonly string[] = [];

/** Runs for several headers of every request, so it builds nothing for those that are not there. */
function valuesIn(headers: unknown, header: string): readonly string[] {
  if (typeof headers !== "object" || headers === null) return NO_VALUES;
  let values: string[] | undefined;
  for (const name of Object.keys(headers)) {
    if (!isNamed(name, header)) continue;
    const found = (headers as Readonly<Record<string, unknown>>)[name];
    for (const value of Array.isArray(found) ? (found as readonly unknown[]) : [found]) {
      if (typeof value !== "string") throw malformed(`strings in header \`${header}\``);
      values ??= [];
      values.push(value);
    }
  }
  return values ?? NO_VALUES;
}
