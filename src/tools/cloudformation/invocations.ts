import { textOf } from "../../json.ts";
import { functionNamed } from "./functions.ts";
import { type Placed, valuesAt } from "./places.ts";
import { type Resource, resourcesOf, type Template } from "./template.ts";
import { namedBy } from "./values.ts";

/** A service's call of a function of this template, which needs a permission. */
export interface Invocation {
  /** The result of `functionNamed`. */
  readonly functionName: string;
  /** The purpose of the call: `trigger`, `authorizer` or `backend`. */
  readonly as: "trigger" | "authorizer" | "backend";
  readonly principal: "cognito-idp.amazonaws.com" | "apigateway.amazonaws.com";
  /** Logical id of the calling pool or API; undefined if it is in another stack. */
  readonly caller: string | undefined;
  /** Logical id and property that define the call. */
  readonly resource: string;
  readonly property: string;
}

/** Every call of a function that the template arranges for Cognito and API Gateway. */
export function invocationsOf(template: Template): readonly Invocation[] {
  return [...triggersOf(template), ...authorizersOf(template), ...backendsOf(template)];
}

/** The functions that a user pool of this template calls. */
export function triggersOf(template: Template): readonly Invocation[] {
  return resourcesOf(template, "AWS::Cognito::UserPool").flatMap((pool) =>
    [
      ...valuesAt(pool.properties, "LambdaConfig.*"),
      ...valuesAt(pool.properties, "LambdaConfig.*.LambdaArn"),
    ].flatMap((place) => invocation(template, pool, place, "trigger", pool.id)),
  );
}

function authorizersOf(template: Template): readonly Invocation[] {
  return (
    resourcesOf(template, "AWS::ApiGateway::Authorizer", "AWS::ApiGatewayV2::Authorizer")
      // With a role of its own the gateway needs no permission.
      .filter(
        ({ properties }) =>
          (properties["AuthorizerCredentials"] ?? properties["AuthorizerCredentialsArn"]) === undefined,
      )
      .flatMap((authorizer) =>
        valuesAt(authorizer.properties, "AuthorizerUri").flatMap((place) =>
          invocation(template, authorizer, place, "authorizer", apiOf(authorizer)),
        ),
      )
  );
}

function backendsOf(template: Template): readonly Invocation[] {
  const http = resourcesOf(template, "AWS::ApiGatewayV2::Integration")
    .filter(({ properties }) => properties["CredentialsArn"] === undefined)
    .flatMap((one) => valuesAt(one.properties, "IntegrationUri").map((place) => ({ one, place })));
  const rest = resourcesOf(template, "AWS::ApiGateway::Method")
    .filter(({ properties }) => valuesAt(properties, "Integration.Credentials").length === 0)
    .flatMap((one) => valuesAt(one.properties, "Integration.Uri").map((place) => ({ one, place })));
  return [...http, ...rest].flatMap(({ one, place }) =>
    invocation(template, one, place, "backend", apiOf(one)),
  );
}

/** The API that a route, method, authorizer or integration belongs to. */
export function apiOf({ properties }: Resource): string | undefined {
  return namedBy(properties["ApiId"] ?? properties["RestApiId"])[0];
}

function invocation(
  template: Template,
  { id }: Resource,
  { path, value }: Placed,
  as: Invocation["as"],
  caller: string | undefined,
): readonly Invocation[] {
  const functionName = functionNamed(template, value);
  if (functionName === undefined) return [];
  const principal = as === "trigger" ? "cognito-idp.amazonaws.com" : "apigateway.amazonaws.com";
  return [{ functionName, as, principal, caller, resource: id, property: path }];
}

/** A permission to call a function, as the template gives it. */
export interface Permission {
  readonly id: string;
  /** The result of `functionNamed`; undefined if the function is in another stack. */
  readonly functionName: string | undefined;
  readonly principal: string | undefined;
  /** Logical ids in its `SourceArn`; undefined if it has none, so that a pool or API of any account may call. */
  readonly sources: readonly string[] | undefined;
}

export function permissionsOf(template: Template): readonly Permission[] {
  return resourcesOf(template, "AWS::Lambda::Permission").map(({ id, properties }) => ({
    id,
    functionName: functionNamed(template, properties["FunctionName"]),
    principal: textOf(properties["Principal"]),
    sources: properties["SourceArn"] === undefined ? undefined : namedBy(properties["SourceArn"]),
  }));
}

/** Whether an authorizer, route or integration belongs to a WebSocket API. */
export function isOfWebSocket(template: Template, resource: Resource): boolean {
  return template.resources.get(apiOf(resource) ?? "")?.properties["ProtocolType"] === "WEBSOCKET";
}
