import type { JsonObject } from "../../../json.ts";
import { CognitoError, notSimulated } from "../cognito-error.ts";
import type { ClientConfig, PoolConfig } from "../config/pool-config.ts";
import { clientOf } from "../pool.ts";
import { type Operation, type Operations, requiredText } from "./operation.ts";
import { pageOf } from "./page.ts";
import { inPool } from "./request.ts";

const describeUserPoolClient: Operation = async ({ config }, request) => ({
  UserPoolClient: clientType(config, clientOf(config, requiredText(request, "ClientId"))),
});

const listUserPoolClients: Operation = async ({ config }, request) => {
  if (request["ClientType"] !== undefined) throw notSimulated("the filter ClientType");
  const { items, next } = pageOf(config.clients, request, "MaxResults", "NextToken");
  return {
    UserPoolClients: items.map(({ id, name }) => ({
      ClientId: id,
      UserPoolId: config.place.userPoolId,
      ClientName: name,
    })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};

const listIdentityProviders: Operation = async ({ config }, request) => {
  const { items, next } = pageOf(config.providers, request, "MaxResults", "NextToken");
  return {
    Providers: items.map(({ name, type }) => ({ ProviderName: name, ProviderType: type })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};

const describeIdentityProvider: Operation = async ({ config }, request) => {
  const name = requiredText(request, "ProviderName");
  const provider = config.providers.find((candidate) => candidate.name === name);
  if (provider === undefined) {
    throw new CognitoError("ResourceNotFoundException", `Identity provider ${name} does not exist.`);
  }
  return {
    IdentityProvider: {
      UserPoolId: config.place.userPoolId,
      ProviderName: name,
      ProviderType: provider.type,
      AttributeMapping: provider.attributeMapping,
    },
  };
};

/** `ListResourceServers`: those that the scopes of the app clients belong to; nobody else would be asked for others. */
const listResourceServers: Operation = async ({ config }, request) => {
  const { items, next } = pageOf(resourceServers(config), request, "MaxResults", "NextToken");
  return { ResourceServers: items, ...(next === undefined ? {} : { NextToken: next }) };
};

function resourceServers({ clients, place }: PoolConfig): readonly JsonObject[] {
  const scopes = [...new Set(clients.flatMap((client) => client.scopes))].filter((scope) =>
    scope.includes("/"),
  );
  const serverOf = (scope: string) => scope.slice(0, scope.lastIndexOf("/"));
  return [...new Set(scopes.map(serverOf))].map((identifier) => ({
    UserPoolId: place.userPoolId,
    Identifier: identifier,
    Name: identifier,
    Scopes: scopes
      .filter((scope) => serverOf(scope) === identifier)
      .map((scope) => ({ ScopeName: scope.slice(identifier.length + 1), ScopeDescription: scope })),
  }));
}

/** Lifetimes are in seconds, whatever unit the configuration has. */
function clientType({ place }: PoolConfig, client: ClientConfig): JsonObject {
  const { rotationGraceSeconds, identityProviders } = client;
  return {
    UserPoolId: place.userPoolId,
    ClientName: client.name,
    ClientId: client.id,
    ...(client.secret === undefined ? {} : { ClientSecret: client.secret }),
    AccessTokenValidity: client.accessTokenSeconds,
    IdTokenValidity: client.idTokenSeconds,
    RefreshTokenValidity: client.refreshTokenSeconds,
    TokenValidityUnits: { AccessToken: "seconds", IdToken: "seconds", RefreshToken: "seconds" },
    AuthSessionValidity: Math.round(client.authSessionSeconds / 60),
    ...(client.readAttributes === undefined ? {} : { ReadAttributes: client.readAttributes }),
    ...(client.writeAttributes === undefined ? {} : { WriteAttributes: client.writeAttributes }),
    ...(client.explicitAuthFlows === undefined ? {} : { ExplicitAuthFlows: client.explicitAuthFlows }),
    ...(identityProviders === undefined ? {} : { SupportedIdentityProviders: identityProviders }),
    ...(client.callbackUrls.length === 0 ? {} : { CallbackURLs: client.callbackUrls }),
    ...(client.logoutUrls.length === 0 ? {} : { LogoutURLs: client.logoutUrls }),
    ...(client.defaultRedirectUri === undefined ? {} : { DefaultRedirectURI: client.defaultRedirectUri }),
    ...(client.flows.length === 0 ? {} : { AllowedOAuthFlows: client.flows }),
    ...(client.scopes.length === 0 ? {} : { AllowedOAuthScopes: client.scopes }),
    AllowedOAuthFlowsUserPoolClient: client.flows.length > 0,
    PreventUserExistenceErrors: client.preventUserExistenceErrors ? "ENABLED" : "LEGACY",
    EnableTokenRevocation: client.enableTokenRevocation,
    ...(rotationGraceSeconds === undefined
      ? {}
      : { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: rotationGraceSeconds } }),
  };
}

export const describeClientOperations: Operations = {
  DescribeUserPoolClient: inPool(describeUserPoolClient),
  ListUserPoolClients: inPool(listUserPoolClients),
  ListIdentityProviders: inPool(listIdentityProviders),
  DescribeIdentityProvider: inPool(describeIdentityProvider),
  ListResourceServers: inPool(listResourceServers),
};
