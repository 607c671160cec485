import { createGivenKeys, type GivenKeys } from "../token/given-keys.ts";
import { type Environment, inVariable, json } from "./environment.ts";

/**
 * The keys in CLAIMGATE_KEY_SETS, as `claimgate keys` writes them; undefined if it is not set.
 * @throws ConfigurationError naming the variable
 */
export function readGivenKeys(env: Environment): GivenKeys | undefined {
  const value = json(env, "CLAIMGATE_KEY_SETS");
  return value === undefined ? undefined : namingVariable(() => createGivenKeys(value));
}

/** Names the variable in errors about the keys. */
export const namingVariable = <V>(read: () => V): V =>
  inVariable("CLAIMGATE_KEY_SETS", read, "what `claimgate keys` writes for the pools of this function");
