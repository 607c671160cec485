import { ClaimgateError } from "../errors.ts";
import { isNamed } from "../policy/ascii.ts";
import { headerValues, property } from "./event-shape.ts";

const OVERRIDES = ["x-http-method-override", "x-http-method", "x-method-override"] as const;

/**
 * Refuses a request whose headers ask for another method than the gateway matched: REST APIs and frameworks behind a
 * greedy route may obey them and run something other than what was decided.
 *
 * @param method the method that the gateway matched
 * @returns the error of the refusal, or undefined if no header contradicts
 * @throws ClaimgateError request_malformed
 */
export function methodOverride(event: unknown, method: string): ClaimgateError | undefined {
  if (!hasOverride(event, "headers") && !hasOverride(event, "multiValueHeaders")) return undefined;
  const asked = method.toLowerCase();
  const contradicts = OVERRIDES.some((header) =>
    headerValues(event, header).some((value) => !isNamed(value, asked)),
  );
  if (!contradicts) return undefined;
  return new ClaimgateError(
    "request_not_canonical",
    "a header asks for another method than the gateway matched",
  );
}

/** Hardly any request has one, and every request is asked. */
function hasOverride(event: unknown, field: "headers" | "multiValueHeaders"): boolean {
  const headers = property(event, field);
  if (typeof headers !== "object" || headers === null) return false;
  return Object.keys(headers).some((name) => OVERRIDES.some((header) => isNamed(name, header)));
}
