import { type JsonObject, objectOf, textOf, textsOf } from "../../../json.ts";
import { resourcesIn, resourcesOf, withProperties } from "../../cloudformation/template.ts";
import { nameAtServer, type PolicyScope } from "./policy-scopes.ts";

/**
 * The resource servers with the `Scopes` that they leave out: those of the policy under their identifier. A written
 * list stays as it is.
 *
 * A description is required; it is the name. If it were what the scope opens, a change of a row would change the
 * resource server as well as the code.
 */
export function serverResources(scopes: readonly PolicyScope[], resources: JsonObject): JsonObject {
  const servers = resourcesOf({ resources: resourcesIn(resources) }, "AWS::Cognito::UserPoolResourceServer");
  return Object.fromEntries(
    servers.flatMap((server) => {
      const { Identifier: identifier, Scopes: written } = server.properties;
      if (typeof identifier !== "string" || written !== undefined) return [];
      const Scopes = scopes.flatMap(({ scope }) => {
        const name = nameAtServer(identifier, scope);
        return name === undefined ? [] : [{ ScopeName: name, ScopeDescription: name }];
      });
      return [[server.id, withProperties(server, { Scopes })]];
    }),
  );
}

/**
 * The app client for client credentials with the `AllowedOAuthScopes` that it leaves out: every scope of the stack's
 * servers that a `scope:` row names. Any other scope would have no effect in a machine's token.
 *
 * @throws RangeError if several app clients leave theirs out: each would get the scopes of all
 */
export function machineClientResources(scopes: readonly PolicyScope[], resources: JsonObject): JsonObject {
  const template = { resources: resourcesIn(resources) };
  const clients = resourcesOf(template, "AWS::Cognito::UserPoolClient").filter(
    ({ properties }) =>
      properties["AllowedOAuthScopes"] === undefined &&
      textsOf(properties["AllowedOAuthFlows"]).includes("client_credentials"),
  );
  if (clients.length > 1) {
    const names = clients.map(({ id }) => `\`${id}\``).join(" and ");
    throw new RangeError(`${names} leave out AllowedOAuthScopes: list the scopes of each of them`);
  }
  const servers = resourcesOf(template, "AWS::Cognito::UserPoolResourceServer");
  const deployed = new Set(servers.flatMap(({ properties }) => scopesOfServer(properties)));
  const allowed = scopes.filter(({ scope, forMachines }) => forMachines && deployed.has(scope));
  return Object.fromEntries(
    clients.map((client) => {
      const set = { AllowedOAuthScopes: allowed.map(({ scope }) => scope) };
      // Cognito refuses an app client that is created before its scopes.
      const needs = servers.map(({ id }) => id);
      return [client.id, { ...withProperties(client, set), ...dependingOn(client.json, needs) }];
    }),
  );
}

function scopesOfServer({ Identifier: identifier, Scopes: scopes }: JsonObject): readonly string[] {
  if (typeof identifier !== "string" || !Array.isArray(scopes)) return [];
  return scopes.flatMap((scope: unknown) => {
    const name = textOf(objectOf(scope)["ScopeName"]);
    return name === undefined ? [] : [`${identifier}/${name}`];
  });
}

function dependingOn({ DependsOn: written }: JsonObject, more: readonly string[]): JsonObject {
  const all = new Set([...[written ?? []].flat(), ...more]);
  return all.size === 0 ? {} : { DependsOn: [...all] };
}
