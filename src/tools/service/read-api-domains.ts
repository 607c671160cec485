import { ConfigurationError } from "../../errors.ts";
import { type JsonObject, objectOf, objectsOf, textOf } from "../../json.ts";
import { customDomains } from "../../lambda/custom-domains.ts";
import { knownText } from "../cloudformation/known-text.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import type { ApiDomain, Service } from "./service.ts";
import type { ServicePlaces } from "./service-places.ts";
import type { ServiceSource } from "./service-source.ts";

const VARIABLE = "CLAIMGATE_API_DOMAINS";

/**
 * The custom domains of HTTP APIs that the service declares, if their names are known before deployment, and those
 * that the authorizers are configured with. Undefined if no function decides by the policy, or if the configuration is
 * unknown.
 */
export function readApiDomains(source: ServiceSource, places: ServicePlaces): Service["apiDomains"] {
  const told = source.environments.filter((one) => one["CLAIMGATE_USER_POOL_ID"] !== undefined);
  const listed = new Map<string, readonly string[]>();
  for (const environment of told) {
    const value = environment[VARIABLE];
    if (value !== undefined && textOf(value) === undefined) return undefined;
    for (const [domain, basePaths] of basePathsIn(textOf(value))) listed.set(domain, basePaths);
  }
  if (told.length === 0) return undefined;
  const declared = [...declaredMappings(source), ...domainManager(source.custom)];
  return { declared: declared.map(({ path, ...domain }) => ({ ...domain, at: places.at(path) })), listed };
}

/** Empty for a value that packaging itself refuses. */
function basePathsIn(text: string | undefined): ReadonlyMap<string, readonly string[]> {
  try {
    const domains = customDomains({ [VARIABLE]: text });
    return new Map([...domains].map(([domain, mappings]) => [domain, mappings.map((one) => one.basePath)]));
  } catch (error) {
    if (error instanceof ConfigurationError) return new Map();
    throw error;
  }
}

type Declared = Omit<ApiDomain, "at"> & { readonly path: readonly string[] };

/** `AWS::ApiGatewayV2::ApiMapping`; a domain without a mapping here is mapped elsewhere. */
function declaredMappings(source: ServiceSource): Declared[] {
  const nameOf = (value: unknown) => knownText(source, value);
  const pathTo = (id: string) => ["resources", "Resources", id, "Properties", "DomainName"];
  const mapped = resourcesOf(source, "AWS::ApiGatewayV2::ApiMapping").flatMap(({ id, properties }) => {
    const name = nameOf(properties["DomainName"]);
    const key = properties["ApiMappingKey"];
    if (name === undefined) return [];
    return [{ name, basePath: key === undefined ? "" : textOf(key), path: pathTo(id) }];
  });
  const unmapped = resourcesOf(source, "AWS::ApiGatewayV2::DomainName").flatMap(({ id, properties }) => {
    const name = nameOf(properties["DomainName"]);
    if (name === undefined || mapped.some((one) => one.name === name)) return [];
    return [{ name, basePath: undefined, path: pathTo(id) }];
  });
  return [...mapped, ...unmapped];
}

/**
 * The configuration of serverless-domain-manager: `customDomain`, or `customDomains`, a list; each by itself or by
 * `http`, `rest` and `websocket` (https://github.com/amplify-education/serverless-domain-manager).
 */
function domainManager(custom: JsonObject): Declared[] {
  const entries = [
    { entry: objectOf(custom["customDomain"]), at: ["custom", "customDomain"] },
    ...objectsOf(custom["customDomains"]).map((entry, index) => ({
      entry,
      at: ["custom", "customDomains", String(index)],
    })),
  ];
  return entries.flatMap(({ entry, at }) => {
    const own = entry["apiType"] === "http";
    const http = own ? entry : objectOf(entry["http"]);
    const name = textOf(http["domainName"]);
    if (name === undefined || String(http["enabled"]) === "false") return [];
    const basePath = basePathOf(http["basePath"]);
    return [{ name, basePath, path: [...at, ...(own ? [] : ["http"]), "domainName"] }];
  });
}

function basePathOf(value: unknown): string | undefined {
  return value === undefined ? "" : textOf(value)?.replace("(none)", "");
}
