import type { JsonObject } from "../../../json.ts";
import type { HttpApi, HttpRoute } from "../apis.ts";
import type { Verdict } from "../authorizers/verdict.ts";
import {
  type ClientRequest,
  decodedOnce,
  headerValues,
  multiValued,
  type Pairs,
  pathOf,
  queryOf,
  rawQueryOf,
  requestTime,
} from "../request.ts";

/** A request that fits a route of an HTTP API. */
export interface HttpCall {
  readonly api: HttpApi;
  readonly route: HttpRoute;
  readonly request: ClientRequest;
  /** As in the path, percent-encoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The ARN that an IAM policy of an authorizer has to name. */
export function routeArnOf({ api, request }: HttpCall): string {
  const { region, accountId, apiId, stage } = api;
  // The path of a named stage begins with its name, the resource of an ARN does not.
  const inStage = stage === "$default" ? pathOf(request) : pathOf(request).slice(stage.length + 1);
  const path = decodedOnce(inStage).replace(/^\//, "");
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}/${request.method}/${path}`;
}

/** The event of an authorizer ("Control access to HTTP APIs with AWS Lambda authorizers"). */
export function authorizerEvent(call: HttpCall, identity: readonly string[]): object {
  if (call.route.authorizerPayload === "1.0") {
    const joined = identity.join(",");
    return {
      version: "1.0",
      type: "REQUEST",
      methodArn: routeArnOf(call),
      identitySource: joined,
      authorizationToken: joined,
      ...requestV1(call),
      requestContext: contextV1(call),
    };
  }
  return {
    version: "2.0",
    type: "REQUEST",
    routeArn: routeArnOf(call),
    identitySource: identity.length === 0 ? null : identity,
    ...requestV2(call),
    requestContext: contextV2(call),
  };
}

/** The event of the function behind a route ("Create AWS Lambda proxy integrations for HTTP APIs"). */
export function functionEvent(call: HttpCall, verdict: Verdict | undefined): object {
  const allowed = verdict?.kind === "allow" ? verdict : undefined;
  const body = bodyOf(call.request);
  if (call.route.payload === "1.0") {
    const authorizer =
      allowed === undefined
        ? {}
        : {
            ...(allowed.principalId !== undefined && { principalId: allowed.principalId }),
            ...allowed.context,
          };
    return {
      version: "1.0",
      ...requestV1(call),
      requestContext: { ...contextV1(call), ...(allowed !== undefined && { authorizer }) },
      ...body,
      body: body.body ?? null,
    };
  }
  const authorizer = allowed === undefined ? {} : { authorizer: { lambda: allowed.context } };
  return {
    version: "2.0",
    ...requestV2(call),
    requestContext: { ...contextV2(call), ...authorizer },
    ...body,
  };
}

function requestV2({ route, request, parameters }: HttpCall): JsonObject {
  const cookies = headerValues(request, "cookie").flatMap((header) => header.split(/; */));
  const query = joinedValues(queryOf(request));
  const names = Object.keys(parameters);
  return {
    routeKey: route.key,
    rawPath: decodedOnce(pathOf(request)),
    rawQueryString: rawQueryOf(request),
    ...(cookies.length > 0 && { cookies }),
    headers: joinedValues(lowerCased(request.headers).filter(([name]) => name !== "cookie")),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(names.length > 0 && { pathParameters: decodedParameters(parameters) }),
  };
}

function contextV2({ api, route, request }: HttpCall): JsonObject {
  return {
    accountId: api.accountId,
    apiId: api.apiId,
    ...domainOf(api),
    http: {
      method: request.method,
      path: decodedOnce(pathOf(request)),
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: headerValues(request, "user-agent")[0] ?? "",
    },
    requestId: request.id,
    routeKey: route.key,
    stage: api.stage,
    time: requestTime(request.at),
    timeEpoch: request.at,
  };
}

function requestV1({ route, request, parameters }: HttpCall): JsonObject {
  const query = queryOf(request);
  const headers = lowerCased(request.headers);
  return {
    resource: route.template,
    path: decodedOnce(pathOf(request)),
    httpMethod: request.method,
    headers: Object.fromEntries(headers),
    multiValueHeaders: multiValued(headers),
    queryStringParameters: query.length === 0 ? null : Object.fromEntries(query),
    multiValueQueryStringParameters: query.length === 0 ? null : multiValued(query),
    pathParameters: Object.keys(parameters).length === 0 ? null : decodedParameters(parameters),
    stageVariables: null,
  };
}

function contextV1({ api, route, request }: HttpCall): JsonObject {
  return {
    accountId: api.accountId,
    apiId: api.apiId,
    ...domainOf(api),
    extendedRequestId: request.id,
    httpMethod: request.method,
    identity: { sourceIp: request.sourceIp, userAgent: headerValues(request, "user-agent")[0] ?? "" },
    path: decodedOnce(pathOf(request)),
    protocol: request.protocol,
    requestId: request.id,
    requestTime: requestTime(request.at),
    requestTimeEpoch: request.at,
    resourceId: route.key,
    resourcePath: route.template,
    stage: api.stage,
  };
}

function domainOf({ apiId, region }: HttpApi) {
  return { domainName: `${apiId}.execute-api.${region}.amazonaws.com`, domainPrefix: apiId };
}

const TEXT = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml))\b)/i;

/** HTTP APIs pass a body on as text if its type says that it is text, and else as Base64. */
function bodyOf(request: ClientRequest): { readonly body?: string; readonly isBase64Encoded: boolean } {
  if (request.body.length === 0) return { isBase64Encoded: false };
  const isText = TEXT.test(headerValues(request, "content-type")[0] ?? "");
  const body = Buffer.from(request.body).toString(isText ? "utf8" : "base64");
  return { body, isBase64Encoded: !isText };
}

function lowerCased(pairs: Pairs): Pairs {
  return pairs.map(([name, value]) => [name.toLowerCase(), value] as const);
}

function joinedValues(pairs: Pairs): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(multiValued(pairs)).map(([name, values]) => [name, values.join(",")]),
  );
}

function decodedParameters(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decodedOnce(value)]));
}
