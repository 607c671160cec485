import { type JsonObject, objectOf } from "../../../json.ts";
import type { Environment } from "../../../lambda/environment.ts";

/** The options of a command that set variables of the function: `sls invoke local -e NAME=VALUE`. */
export interface VariableOptions {
  readonly env?: string | readonly string[];
}

/** The environment of a command, with the variables that its options set. */
export function commandEnvironment(env: Environment, options: VariableOptions): Environment {
  const pairs = [options.env ?? []].flat().map((text) => {
    const [name = "", ...value] = text.split("=");
    return [name, value.join("=")] as const;
  });
  return { ...env, ...Object.fromEntries(pairs) };
}

/**
 * Variables for functions that run on this machine. A value that only the deployment knows comes from the command; the
 * framework could not resolve it.
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
