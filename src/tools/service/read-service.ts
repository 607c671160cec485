import { type JsonObject, jsonIn, objectOf, objectsOf, textMapOf, textOf, textsOf } from "../../json.ts";
import { knownText } from "../cloudformation/known-text.ts";
import { clientNameOf } from "../cloudformation/logical-names.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import { sameValue, textWith } from "../cloudformation/values.ts";
import { waysAroundOAuth } from "../cloudformation/ways-around-oauth.ts";
import { readApiDomains } from "./read-api-domains.ts";
import { directoriesOf, identityProvidersOf, signUpDirectoriesOf } from "./read-directories.ts";
import { readIdentityPool } from "./read-identity-pool.ts";
import { readHttpCors, readRoutes } from "./read-routes.ts";
import { refreshSecondsOf } from "./refresh-token-days.ts";
import type { Service, ServiceClient, ServiceGroup } from "./service.ts";
import { type ServicePlaces, servicePlaces } from "./service-places.ts";
import { type ServiceSource, sourceOf } from "./service-source.ts";
import type { ReadIncluded } from "./written-service.ts";

/**
 * The facts about a service that rules need.
 *
 * @param resolved the framework's resolved configuration: `serverless.service`, or the output of `sls print`
 * @param text the source of serverless.yml: findings name places in it
 * @param readIncluded reads the files that it includes with `${file(...)}`; without it findings name the include
 */
export function readService(
  resolved: unknown,
  text: string,
  file = "serverless.yml",
  readIncluded: ReadIncluded = () => undefined,
): Service {
  const source = sourceOf(resolved);
  const places = servicePlaces(file, text, readIncluded);
  const names = appClientNames(source);
  const ownPool = hasPool(source);
  return {
    file,
    ...readRoutes(source, places),
    httpCors: readHttpCors(source, places),
    groups: ownPool ? groupsOf(source, places) : undefined,
    clients: clientsOf(source, names, places),
    clientNames: names === undefined ? undefined : [...names.values(), ...clientsElsewhere(source)],
    poolAliases: poolAliasesOf(source),
    clientsSwitchedOff: source.clientsSwitchedOff.map(clientNameOf),
    scopes: ownPool ? scopesOf(source) : undefined,
    copiedClaims: copiedClaims(source),
    directories: directoriesOf(source),
    identityProviders: identityProvidersOf(source, places),
    signUpDirectories: signUpDirectoriesOf(source),
    identityPool: readIdentityPool(source, places),
    apiDomains: readApiDomains(source, places),
    resourceCount: source.resources.size,
  };
}

/** Whether the functions are configured with a pool of this stack. */
function hasPool(source: ServiceSource): boolean {
  const pools = resourcesOf(source, "AWS::Cognito::UserPool").map(({ id }) => id);
  const told = source.environments.flatMap((environment) => environment["CLAIMGATE_USER_POOL_ID"] ?? []);
  if (told.length === 0) return pools.length > 0;
  return told.every((value) => pools.some((id) => sameValue(value, { Ref: id })));
}

function groupsOf(source: ServiceSource, places: ServicePlaces): readonly ServiceGroup[] | undefined {
  const groups: ServiceGroup[] = [];
  for (const { id, properties } of resourcesOf(source, "AWS::Cognito::UserPoolGroup")) {
    // CloudFormation generates a name that no policy can know.
    if (properties["GroupName"] === undefined) continue;
    const name = knownText(source, properties["GroupName"]);
    if (name === undefined) return undefined;
    groups.push({ name, at: places.at(["resources", "Resources", id, "Properties", "GroupName"]) });
  }
  return groups;
}

function clientsOf(
  source: ServiceSource,
  names: ReadonlyMap<string, string> | undefined,
  places: ServicePlaces,
): ServiceClient[] {
  return resourcesOf(source, "AWS::Cognito::UserPoolClient").map(({ id, properties }) => {
    const attributes = properties["WriteAttributes"];
    const scopes = listOf(properties["AllowedOAuthScopes"]);
    const known = scopes.flatMap((scope) => knownText(source, scope) ?? []);
    return {
      name: names?.get(id) ?? id,
      at: places.at(["resources", "Resources", id]),
      writeAttributes: Array.isArray(attributes) ? textsOf(attributes) : undefined,
      scopes: known,
      hasKnownScopes: Array.isArray(properties["AllowedOAuthScopes"]) && known.length === scopes.length,
      flows: textsOf(properties["AllowedOAuthFlows"]),
      waysAroundOAuth: waysAroundOAuth(properties),
      identityProviders: listOf(properties["SupportedIdentityProviders"]).flatMap(
        (provider) => knownText(source, provider) ?? [],
      ),
      refreshSeconds: refreshSecondsOf(properties),
    };
  });
}

function scopesOf(source: ServiceSource): readonly string[] | undefined {
  const scopes: string[] = [];
  for (const { properties } of resourcesOf(source, "AWS::Cognito::UserPoolResourceServer")) {
    const identifier = knownText(source, properties["Identifier"]);
    if (identifier === undefined) return undefined;
    for (const scope of listOf(properties["Scopes"])) {
      const name = knownText(source, objectOf(scope)["ScopeName"]);
      if (name === undefined) return undefined;
      scopes.push(`${identifier}/${name}`);
    }
  }
  return scopes;
}

/**
 * The app clients that the authorizers accept: what identifies each of them -> its logical name. A client of this
 * stack is identified by the name of its resource. Undefined if not all of them are known before deployment.
 */
function appClientNames(source: ServiceSource): ReadonlyMap<string, string> | undefined {
  const told = source.environments.flatMap((environment) => environment["CLAIMGATE_APP_CLIENTS"] ?? []);
  if (told.length === 0) return undefined;
  const names = new Map<string, string>();
  for (const value of told) {
    const json = parsed(textWith(value, ({ id }) => id));
    if (json === undefined) return undefined;
    for (const [name, id] of Object.entries(json)) names.set(id, name);
  }
  return names;
}

/** The other pools that the authorizers trust. Packaging checks the configuration. */
function otherPools(source: ServiceSource): readonly JsonObject[] {
  return told(source, "CLAIMGATE_ADDITIONAL_ISSUERS").flatMap((text) => objectsOf(jsonIn(text)));
}

function clientsElsewhere(source: ServiceSource): readonly string[] {
  return otherPools(source).flatMap(({ appClients }) => Object.keys(objectOf(appClients)));
}

function poolAliasesOf(source: ServiceSource): readonly string[] {
  const own = told(source, "CLAIMGATE_POOL_ALIAS").filter((alias) => alias !== "");
  return [...new Set([...own, ...otherPools(source).flatMap(({ poolAlias }) => textOf(poolAlias) ?? [])])];
}

/** The different values of a variable that are known before deployment. */
function told(source: ServiceSource, variable: string): readonly string[] {
  const values = source.environments.flatMap((environment) => knownText(source, environment[variable]) ?? []);
  return [...new Set(values)];
}

function copiedClaims(source: ServiceSource): ReadonlyMap<string, string> {
  const told = source.environments.flatMap((environment) => environment["CLAIMGATE_COPIED_CLAIMS"] ?? []);
  return new Map(told.flatMap((value) => Object.entries(parsed(knownText(source, value)) ?? {})));
}

function parsed(json: string | undefined): Readonly<Record<string, string>> | undefined {
  return json === undefined ? undefined : textMapOf(jsonIn(json));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
