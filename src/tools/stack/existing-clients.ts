import { type JsonObject, objectOf, objectsOf, textMapOf } from "../../json.ts";
import { intrinsicIn } from "../cloudformation/intrinsics.ts";
import { type Resource, resourcesIn, resourcesOf, withProperties } from "../cloudformation/template.ts";

/**
 * The identity pool of a stage with an existing user pool: it trusts each of the app clients in the parameter
 * `existingAppClients`. YAML can only put the whole JSON where the id of one app client belongs; here each of these
 * places is repeated for every app client.
 *
 * @param appClients the parameter: a JSON object, name to id; empty where the stack has a pool of its own
 */
export function withExistingClients(resources: JsonObject, appClients: string): JsonObject {
  if (appClients === "") return resources;
  const clients = Object.entries(textMapOf(JSON.parse(appClients)) ?? {});
  const template = { resources: resourcesIn(resources) };
  const each = (type: string, change: (resource: Resource) => JsonObject) =>
    resourcesOf(template, type).map((resource) => [resource.id, change(resource)] as const);
  return {
    ...resources,
    ...Object.fromEntries([
      ...each("AWS::Cognito::IdentityPool", (resource) => {
        const providers = objectsOf(resource.properties["CognitoIdentityProviders"]);
        const all = providers.flatMap((provider) =>
          provider["ClientId"] === appClients
            ? clients.map(([, id]) => ({ ...provider, ClientId: id }))
            : [provider],
        );
        return withProperties(resource, { CognitoIdentityProviders: all });
      }),
      ...each("AWS::Cognito::IdentityPoolRoleAttachment", (resource) => {
        const mappings = Object.entries(objectOf(resource.properties["RoleMappings"]));
        const all = mappings.flatMap(([key, mapping]) =>
          mappingsOf(key, objectOf(mapping), clients, appClients),
        );
        return withProperties(resource, { RoleMappings: Object.fromEntries(all) });
      }),
    ]),
  };
}

/** A mapping's identity provider is `PROVIDER:CLIENT`. */
function mappingsOf(
  key: string,
  mapping: JsonObject,
  clients: readonly (readonly [string, string])[],
  appClients: string,
): readonly (readonly [string, JsonObject])[] {
  const provider = intrinsicIn(mapping["IdentityProvider"]);
  if (provider?.kind !== "join" || provider.items.at(-1) !== appClients) return [[key, mapping]];
  const { separator, items } = provider;
  return clients.map(([name, id]) => [
    `${name}Client`,
    { ...mapping, IdentityProvider: { "Fn::Join": [separator, [...items.slice(0, -1), id]] } },
  ]);
}
