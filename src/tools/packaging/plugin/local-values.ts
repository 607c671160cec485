import { type JsonObject, objectOf } from "../../../json.ts";
import type { Environment } from "../../../lambda/environment.ts";

/**
 * Variables for functions that run on this machine. A value that only the deployment knows comes from the environment
 * of the command; the framework could not resolve it.
 */
export function withLocalValues(
  variables: JsonObject,
  env: Environment,
  warn: (text: string) => void,
): JsonObject {
  const known = Object.entries(variables).flatMap(([name, value]) => {
    if (typeof value !== "object") return [[name, value] as const];
    const own = env[name];
    if (own !== undefined) return [[name, own] as const];
    warn(`${name} is known only after the deployment; set it in the environment to run this function here`);
    return [];
  });
  return objectOf(Object.fromEntries(known));
}
