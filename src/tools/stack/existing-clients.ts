import { type JsonObject, objectOf, objectsOf, textMapOf } from "../../json.ts";
import { entriesOfType, type ResourceEntry, withProperties } from "../cloudformation/resources.ts";

/**
 * The identity pool of a stage that uses a user pool that exists: it trusts each of the app clients that the
 * parameter `existingAppClients` names. YAML can only write the parameter, JSON as it is, where the id of one app
 * client belongs; here each place becomes as many as there are app clients.
 *
 * @param appClients the parameter: a JSON object, name to id; empty where the stack has a pool of its own
 */
export function withExistingClients(resources: JsonObject, appClients: string): JsonObject {
  if (appClients === "") return resources;
  const clients = Object.entries(textMapOf(JSON.parse(appClients)) ?? {});
  const each = (
    type: string,
    change: (entry: ResourceEntry) => JsonObject,
  ): readonly (readonly [string, JsonObject])[] =>
    entriesOfType(resources, type).map(([logicalName, entry]) => [logicalName, change(entry)]);
  return {
    ...resources,
    ...Object.fromEntries([
      ...each("AWS::Cognito::IdentityPool", (entry) => {
        const providers = objectsOf(entry.properties["CognitoIdentityProviders"]);
        const all = providers.flatMap((provider) =>
          provider["ClientId"] === appClients
            ? clients.map(([, id]) => ({ ...provider, ClientId: id }))
            : [provider],
        );
        return withProperties(entry, { CognitoIdentityProviders: all });
      }),
      ...each("AWS::Cognito::IdentityPoolRoleAttachment", (entry) => {
        const mappings = Object.entries(objectOf(entry.properties["RoleMappings"]));
        const all = mappings.flatMap(([key, mapping]) =>
          mappingsOf(key, objectOf(mapping), clients, appClients),
        );
        return withProperties(entry, { RoleMappings: Object.fromEntries(all) });
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
  const join: unknown = objectOf(mapping["IdentityProvider"])["Fn::Join"];
  const [separator, parts] = Array.isArray(join) ? (join as readonly unknown[]) : [];
  if (!Array.isArray(parts) || parts.at(-1) !== appClients) return [[key, mapping]];
  const provider: readonly unknown[] = parts.slice(0, -1);
  return clients.map(([name, id]) => [
    `${name}Client`,
    { ...mapping, IdentityProvider: { "Fn::Join": [separator, [...provider, id]] } },
  ]);
}
