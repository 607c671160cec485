import { ConfigurationError } from "../errors.ts";
import { objectOf, textMapOf, textsOf } from "../json.ts";
import { ISSUER_FORM_NAMES, type Issuer, type IssuerForm, knownIssuers } from "../token/issuer.ts";
import { asText, type Environment, inVariable, jsonMap, optional, required } from "./environment.ts";
import { FURTHER_POOLS, furtherPools } from "./further-pools.ts";

/**
 * The pools whose tokens are accepted, from the environment of a function:
 *
 * - CLAIMGATE_USER_POOL_ID and CLAIMGATE_APP_CLIENTS: the function's own pool
 * - CLAIMGATE_POOL_ALIAS: the alias of the own pool; needed as soon as there is another
 * - CLAIMGATE_ISSUER_FORMS: the issuer forms of the own pool: `original` (default), `updated`, or both separated by a
 *   comma
 * - CLAIMGATE_ADDITIONAL_REGIONS: the regions of the own pool's replicas, separated by a comma
 * - CLAIMGATE_ADDITIONAL_ISSUERS: the other pools, as JSON:
 *   `[{"userPoolId":"...","appClients":{"old-web":"..."},"poolAlias":"legacy"}]`, each with a list `issuerForms` if it
 *   is not `["original"]`, and a list `additionalRegions` if it has replicas
 *
 * @param further the other pools, if they are not in the environment
 * @throws ConfigurationError naming the variable
 */
export function readIssuers(env: Environment, further: unknown = furtherPools(env)): readonly Issuer[] {
  const own: Issuer = {
    userPoolId: required(env, "CLAIMGATE_USER_POOL_ID"),
    appClients: jsonMap(env, "CLAIMGATE_APP_CLIENTS", asText, "a JSON object of app client ids by name"),
    poolAlias: optional(env, "CLAIMGATE_POOL_ALIAS"),
    forms: ownForms(env),
    additionalRegions: optional(env, "CLAIMGATE_ADDITIONAL_REGIONS")?.split(","),
  };
  const others = additionalIssuers(further);
  knownIssuers([own, ...others]);
  return [own, ...others];
}

function ownForms(env: Environment): readonly IssuerForm[] | undefined {
  const name = "CLAIMGATE_ISSUER_FORMS";
  const value = optional(env, name);
  if (value === undefined) return undefined;
  const forms = formsOf(value.split(","));
  if (forms !== undefined) return forms;
  throw new ConfigurationError(
    `environment variable \`${name}\` is \`${value}\`; expected \`original\`, \`updated\` or \`original,updated\``,
  );
}

function formsOf(value: unknown): readonly IssuerForm[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const forms = value.flatMap((item: unknown) => ISSUER_FORM_NAMES.find((form) => form === item) ?? []);
  return forms.length > 0 && new Set(forms).size === value.length ? forms : undefined;
}

/**
 * The further pools of a parsed list; none if it is undefined.
 * @throws ConfigurationError naming CLAIMGATE_ADDITIONAL_ISSUERS
 */
export function additionalIssuers(list: unknown): readonly Issuer[] {
  return list === undefined ? [] : inVariable(FURTHER_POOLS, () => issuersOf(list));
}

/** The issuers of a JSON list. @throws ConfigurationError for anything else; unknown members are typos */
function issuersOf(list: unknown): readonly Issuer[] {
  if (!Array.isArray(list)) throw new ConfigurationError("expected a JSON list of issuers");
  return list.map((item: unknown, index) => {
    const { userPoolId, appClients, poolAlias, issuerForms, additionalRegions, ...unknown } = objectOf(item);
    const [surplus] = Object.keys(unknown);
    const fail = (message: string) => new ConfigurationError(`issuer ${index + 1} ${message}`);
    if (surplus !== undefined) {
      throw fail(
        `has \`${surplus}\`; expected \`userPoolId\`, \`appClients\`, \`poolAlias\`, \`issuerForms\` and \`additionalRegions\` only`,
      );
    }
    const clients = textMapOf(appClients);
    if (typeof userPoolId !== "string") throw fail("has no `userPoolId`");
    if (clients === undefined || Object.keys(clients).length !== Object.keys(objectOf(appClients)).length) {
      throw fail("has no `appClients`, an object of app client ids by name");
    }
    if (poolAlias !== undefined && typeof poolAlias !== "string")
      throw fail("has a `poolAlias` that is no text");
    const forms = issuerForms === undefined ? undefined : formsOf(issuerForms);
    if (issuerForms !== undefined && forms === undefined) {
      throw fail('has invalid `issuerForms`; expected `["original"]`, `["updated"]` or both');
    }
    const regions = additionalRegions === undefined ? undefined : textsOf(additionalRegions);
    if (
      regions !== undefined &&
      (!Array.isArray(additionalRegions) || regions.length < additionalRegions.length)
    ) {
      throw fail('has invalid `additionalRegions`; expected a list such as `["eu-central-1"]`');
    }
    const clientsById = new Map(Object.entries(clients));
    return { userPoolId, appClients: clientsById, poolAlias, forms, additionalRegions: regions };
  });
}
