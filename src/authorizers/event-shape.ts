import { ClaimgateError } from "../errors.ts";
import { isNamed } from "../policy/ascii.ts";

/** An event, or a part of one, is not shaped as its gateway documents it. */
export function malformed(what: string): ClaimgateError {
  return new ClaimgateError("request_malformed", `the event has no ${what}`);
}

/** The own property of anything; undefined where there is none. */
export function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

/** The own property, which must be a text. @throws ClaimgateError request_malformed */
export function text(value: unknown, name: string): string {
  const found = property(value, name);
  if (typeof found === "string" && found !== "") return found;
  throw malformed(`text \`${name}\``);
}

/**
 * The `pathParameters` of an event, which are null or missing where a route has none.
 * @throws ClaimgateError request_malformed
 */
export function pathParameters(event: unknown): Readonly<Record<string, string>> {
  const found = property(event, "pathParameters") ?? {};
  if (typeof found !== "object" || Array.isArray(found)) throw malformed("map `pathParameters`");
  return Object.fromEntries(
    Object.entries(found).map(([name, value]: [string, unknown]): [string, string] => {
      if (typeof value === "string") return [name, value];
      throw malformed("texts in `pathParameters`");
    }),
  );
}

/**
 * All values of a header, whatever the case of its name, from `multiValueHeaders` where the event has it and
 * else from `headers`. A value in `headers` that `multiValueHeaders` lacks counts as one more.
 * @throws ClaimgateError request_malformed where a value is no text
 */
export function headerValues(event: unknown, header: string): readonly string[] {
  const values = valuesIn(property(event, "multiValueHeaders"), header);
  const single = valuesIn(property(event, "headers"), header);
  return values.length === 0 ? single : [...values, ...single.filter((value) => !values.includes(value))];
}

/** All values of a query parameter, whose name has a case. @throws ClaimgateError request_malformed */
export function parameterValues(event: unknown, name: string): readonly string[] {
  const several = property(property(event, "multiValueQueryStringParameters"), name);
  const single = property(property(event, "queryStringParameters"), name);
  const values = [...new Set([several ?? [], single ?? []].flat())];
  if (values.every((value) => typeof value === "string")) return values;
  throw malformed(`texts in query parameter \`${name}\``);
}

function valuesIn(headers: unknown, header: string): string[] {
  if (typeof headers !== "object" || headers === null) return [];
  return Object.entries(headers)
    .filter(([name]) => isNamed(name, header))
    .flatMap(([, value]: [string, unknown]) => value)
    .map((value) => {
      if (typeof value === "string") return value;
      throw malformed(`texts in header \`${header}\``);
    });
}
