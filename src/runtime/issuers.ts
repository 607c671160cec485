import { ConfigurationError } from "../errors.ts";
import { objectOf, textMapOf } from "../json.ts";
import { type Issuer, knownIssuers } from "../token/issuer.ts";
import { asText, type Environment, json, jsonMap, optional, required } from "./environment.ts";

const ONE = ["CLAIMGATE_USER_POOL_ID", "CLAIMGATE_APP_CLIENTS"] as const;
const SEVERAL = "CLAIMGATE_ISSUERS";

/**
 * The pools whose tokens count, from the environment of a function; one way or the other:
 *
 * - CLAIMGATE_USER_POOL_ID and CLAIMGATE_APP_CLIENTS: one pool, its subjects without a prefix
 * - CLAIMGATE_ISSUERS: JSON, `[{"userPoolId":"...","appClients":{"web":"..."},"prefix":"legacy"}]`; a prefix each
 *   as soon as there are two
 *
 * @throws ConfigurationError naming the variable
 */
export function readIssuers(env: Environment): readonly Issuer[] {
  const list = json(env, SEVERAL);
  if (list === undefined) {
    return [
      {
        userPoolId: required(env, "CLAIMGATE_USER_POOL_ID"),
        appClients: jsonMap(env, "CLAIMGATE_APP_CLIENTS", asText, "a JSON object of app client ids by name"),
      },
    ];
  }
  const both = ONE.find((name) => optional(env, name) !== undefined);
  if (both !== undefined) {
    throw new ConfigurationError(
      `environment variables \`${SEVERAL}\` and \`${both}\` are both set: every pool belongs in the first`,
    );
  }
  try {
    const issuers = issuersOf(list);
    knownIssuers(issuers);
    return issuers;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(`environment variable \`${SEVERAL}\`: ${error.message}`, { cause: error });
  }
}

/** The issuers of a JSON list. @throws ConfigurationError for what is no such list; unknown members count as typos */
export function issuersOf(list: unknown): readonly Issuer[] {
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
