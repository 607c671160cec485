import { objectsOf, textOf, textsOf } from "../../json.ts";
import type { ServiceSource } from "../service/service-source.ts";

/** What new users of a pool can give, which `p2` rows have to name. */
export interface SignUpNames {
  /** Whether users can sign up with an address; without one they sign up by phone, or with a user name alone. */
  readonly addresses: boolean;
  /** Whether users can sign up with a phone number and no address. */
  readonly phones: boolean;
}

/** Properties of a pool with the attributes that users sign in with, or prove as they sign up. */
const NAMING = ["UsernameAttributes", "AliasAttributes", "AutoVerifiedAttributes"];

/**
 * @param userPool `custom.claimgate.userPool`
 * @returns undefined for a pool of another stack, whose settings are not known
 */
export function signUpNames(source: ServiceSource, userPool: unknown): SignUpNames | undefined {
  const pool = typeof userPool === "string" ? source.resources.get(userPool) : undefined;
  if (pool === undefined) return undefined;
  const required = objectsOf(pool.properties["Schema"]).flatMap(({ Name, Required }) =>
    Required === true ? (textOf(Name) ?? []) : [],
  );
  const named = new Set([...NAMING.flatMap((property) => textsOf(pool.properties[property])), ...required]);
  return { addresses: named.has("email"), phones: named.has("phone_number") };
}
