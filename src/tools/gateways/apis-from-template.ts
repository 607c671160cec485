import { objectOf, textOf, textsOf } from "../../json.ts";
import { functionBehind, functionNamed } from "../cloudformation/functions.ts";
import { apiOf, isOfWebSocket } from "../cloudformation/invocations.ts";
import { knownText } from "../cloudformation/known-text.ts";
import { type Resource, readTemplate, resourcesOf, type Template } from "../cloudformation/template.ts";
import { namedBy } from "../cloudformation/values.ts";
import type { ApiPlace, Apis, Guard, HttpApi, HttpRoute, RestApi, RestMethod } from "./apis.ts";
import type { LambdaAuthorizer } from "./authorizers/ask-authorizer.ts";
import type { AnswerForm } from "./authorizers/verdict.ts";
import { corsOf } from "./http-api/cors.ts";
import { gatewayResponsesOf } from "./rest-api/gateway-responses.ts";
import { preflightOf } from "./rest-api/preflight.ts";

/** The place of both APIs; their stages are those of the template. */
export type Place = Pick<ApiPlace, "region" | "accountId">;

/** The HTTP API and the REST API of a packaged template. @throws TypeError, RangeError if it cannot be read */
export function apisFromTemplate(value: unknown, place: Place): Apis {
  const template = readTemplate(value);
  return { http: httpApiOf(template, place), rest: restApiOf(template, place) };
}

function httpApiOf(template: Template, place: Place): HttpApi | undefined {
  const api = resourcesOf(template, "AWS::ApiGatewayV2::Api").find(
    ({ properties }) => properties["ProtocolType"] === "HTTP",
  );
  if (api === undefined) return undefined;
  const routes = resourcesOf(template, "AWS::ApiGatewayV2::Route").filter(
    (route) => apiOf(route) === api.id && !isOfWebSocket(template, route),
  );
  return {
    ...place,
    apiId: "localhttp",
    stage: stageOf(template, "AWS::ApiGatewayV2::Stage", api) ?? "$default",
    cors: corsOf(api.properties["CorsConfiguration"]),
    routes: routes.map((route) => httpRoute(template, route)),
  };
}

function httpRoute(template: Template, { properties }: Resource): HttpRoute {
  const key = textOf(properties["RouteKey"]) ?? "$default";
  const [method = "ANY", path = "$default"] = key === "$default" ? [] : key.split(" ");
  const integration = referred(template, properties["Target"])?.properties ?? {};
  const authorizer = referred(template, properties["AuthorizerId"]);
  const payload = textOf(authorizer?.properties["AuthorizerPayloadFormatVersion"]);
  const simple = authorizer?.properties["EnableSimpleResponses"] === true;
  return {
    key,
    method,
    template: path,
    guard: guardOf(template, properties["AuthorizationType"], authorizer, simple ? "simple" : "policy"),
    authorizerPayload: payload === "1.0" ? "1.0" : "2.0",
    functionName: functionNameOf(template, integration["IntegrationUri"]),
    payload: integration["PayloadFormatVersion"] === "1.0" ? "1.0" : "2.0",
  };
}

function restApiOf(template: Template, place: Place): RestApi | undefined {
  const [api] = resourcesOf(template, "AWS::ApiGateway::RestApi");
  if (api === undefined) return undefined;
  const own = (resource: Resource) => apiOf(resource) === api.id;
  return {
    ...place,
    apiId: "localrest",
    stage:
      stageOf(template, "AWS::ApiGateway::Stage", api) ??
      stageOf(template, "AWS::ApiGateway::Deployment", api) ??
      "dev",
    methods: resourcesOf(template, "AWS::ApiGateway::Method")
      .filter(own)
      .map((method) => restMethod(template, method)),
    binaryMediaTypes: textsOf(api.properties["BinaryMediaTypes"]),
    responses: gatewayResponsesOf(
      resourcesOf(template, "AWS::ApiGateway::GatewayResponse")
        .filter(own)
        .map(({ properties }) => properties),
    ),
  };
}

function restMethod(template: Template, { properties }: Resource): RestMethod {
  const integration = objectOf(properties["Integration"]);
  const authorizer = referred(template, properties["AuthorizerId"]);
  const expression = textOf(authorizer?.properties["IdentityValidationExpression"]);
  return {
    method: textOf(properties["HttpMethod"]) ?? "ANY",
    template: resourcePath(template, properties["ResourceId"]),
    guard:
      properties["ApiKeyRequired"] === true
        ? { kind: "not-simulated", what: "API keys" }
        : guardOf(template, properties["AuthorizationType"], authorizer, "policy-with-plain-context"),
    tokenExpression: expression === undefined ? undefined : tokenExpression(expression),
    authorizerType: authorizer?.properties["Type"] === "TOKEN" ? "TOKEN" : "REQUEST",
    functionName:
      integration["Type"] === "AWS_PROXY" ? functionNameOf(template, integration["Uri"]) : undefined,
    preflight: preflightOf(integration),
  };
}

/** API Gateway reads it as Java does; the common part of both languages is simulated. */
function tokenExpression(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (cause) {
    throw new RangeError(
      `the local stack cannot read the identityValidationExpression \`${source}\`; write it without Java's extensions`,
      { cause },
    );
  }
}

/** `/orders/{orderId}`, from the chain of parents. */
function resourcePath(template: Template, resourceId: unknown): string {
  const [id] = namedBy(resourceId);
  const resource = template.resources.get(id ?? "");
  if (resource?.type !== "AWS::ApiGateway::Resource") return "/";
  const parent = resourcePath(template, resource.properties["ParentId"]);
  return `${parent === "/" ? "" : parent}/${textOf(resource.properties["PathPart"]) ?? ""}`;
}

function guardOf(
  template: Template,
  type: unknown,
  authorizer: Resource | undefined,
  form: AnswerForm,
): Guard {
  if (type === undefined || type === "NONE") return { kind: "open" };
  if (type !== "CUSTOM" || authorizer === undefined) {
    return { kind: "not-simulated", what: `authorizers of type \`${String(type)}\`` };
  }
  return { kind: "lambda", authorizer: lambdaAuthorizer(template, authorizer, form) };
}

/** API Gateway's own default for REST APIs; for HTTP APIs it is not documented, and the template says it. */
const DEFAULT_TTL = 300;

function lambdaAuthorizer(
  template: Template,
  { id, type, properties }: Resource,
  form: AnswerForm,
): LambdaAuthorizer {
  const sources = properties["IdentitySource"];
  const ttl = properties["AuthorizerResultTtlInSeconds"];
  return {
    id,
    functionName: functionNameOf(template, properties["AuthorizerUri"]),
    identitySources:
      typeof sources === "string"
        ? sources
            .split(",")
            .map((source) => source.trim())
            .filter((source) => source !== "")
        : textsOf(sources),
    ttl: ttl === undefined ? (type === "AWS::ApiGateway::Authorizer" ? DEFAULT_TTL : 0) : Number(ttl),
    form,
  };
}

function functionNameOf(template: Template, uri: unknown): string | undefined {
  const named = functionNamed(template, uri);
  const resource = named === undefined ? undefined : template.resources.get(functionBehind(named));
  return textOf(resource?.properties["FunctionName"]);
}

function stageOf(template: Template, type: string, api: Resource): string | undefined {
  const stage = resourcesOf(template, type).find((resource) => apiOf(resource) === api.id);
  return knownText(template, stage?.properties["StageName"]);
}

function referred(template: Template, value: unknown): Resource | undefined {
  const [id] = namedBy(value);
  return template.resources.get(id ?? "");
}
