import { ConfigurationError } from "../errors.ts";
import { objectOf, textMapOf } from "../json.ts";
import { type Issuer, knownIssuers } from "../token/issuer.ts";
import { asText, type Environment, json, jsonMap, optional, required } from "./environment.ts";

/**
 * The pools whose tokens count, from the environment of a function:
 *
 * - CLAIMGATE_USER_POOL_ID and CLAIMGATE_APP_CLIENTS: the function's own pool
 * - CLAIMGATE_SUBJECT_PREFIX: what subjects of the own pool begin with; needed as soon as there is another
 * - CLAIMGATE_ADDITIONAL_ISSUERS: the other pools, as JSON:
 *   `[{"userPoolId":"...","appClients":{"old-web":"..."},"prefix":"legacy"}]`
 *
 * @throws ConfigurationError naming the variable
 */
export function readIssuers(env: Environment): readonly Issuer[] {
  const own: Issuer = {
    userPoolId: required(env, "CLAIMGATE_USER_POOL_ID"),
    appClients: jsonMap(env, "CLAIMGATE_APP_CLIENTS", asText, "a JSON object of app client ids by name"),
    prefix: optional(env, "CLAIMGATE_SUBJECT_PREFIX"),
  };
  const others = additionalIssuers(env);
  knownIssuers([own, ...others]);
  return [own, ...others];
}

/** The pools of CLAIMGATE_ADDITIONAL_ISSUERS. @throws ConfigurationError naming it */
export function additionalIssuers(env: Environment): readonly Issuer[] {
  const name = "CLAIMGATE_ADDITIONAL_ISSUERS";
  const list = json(env, name);
  try {
    return list === undefined ? [] : issuersOf(list);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(`environment variable \`${name}\`: ${error.message}`, { cause: error });
  }
}

/** The issuers of a JSON list. @throws ConfigurationError for what is no such list; unknown members count as typos */
function issuersOf(list: unknown): readonly Issuer[] {
  if (!Array.isArray(list)) throw new ConfigurationError("expected a JSON list of issuers");
  return list.map((item: unknown, index) => {
    const { userPoolId, appClients, prefix, ...unknown } = objectOf(item);
    const [surplus] = Object.keys(unknown);
    const fail = (message: string) => new ConfigurationError(`issuer ${index + 1} ${message}`);
    if (surplus !== undefined) {
      throw fail(`has \`${surplus}\`; expected \`userPoolId\`, \`appClients\` and \`prefix\` only`);
    }
    const clients = textMapOf(appClients);
    if (typeof userPoolId !== "string") throw fail("has no `userPoolId`");
    if (clients === undefined || Object.keys(clients).length !== Object.keys(objectOf(appClients)).length) {
      throw fail("has no `appClients`, an object of app client ids by name");
    }
    if (prefix !== undefined && typeof prefix !== "string") throw fail("has a `prefix` that is no text");
    return { userPoolId, appClients: new Map(Object.entries(clients)), prefix };
  });
}
