import type { JsonObject } from "../../../json.ts";
import type { RestApi, RestMethod } from "../apis.ts";
import type { Verdict } from "../authorizers/verdict.ts";
import { type ClientRequest, headerValues, multiValued, queryOf, requestTime } from "../request.ts";
import { sendsBinary } from "./binary-media.ts";

/** A request that fits a method of a REST API. */
export interface RestCall {
  readonly api: RestApi;
  readonly method: RestMethod;
  readonly request: ClientRequest;
  /** The path without the stage, percent-encoded. */
  readonly path: string;
  /** As in the path, percent-encoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The ARN that the policy of an authorizer has to name. */
export function methodArnOf({ api, request, path }: RestCall): string {
  const { region, accountId, apiId, stage } = api;
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}/${request.method}/${path.replace(/^\//, "")}`;
}

/** The event of an authorizer ("Input to an API Gateway Lambda authorizer"). */
export function authorizerEvent(call: RestCall, identity: readonly string[]): object {
  const methodArn = methodArnOf(call);
  return call.method.authorizerType === "TOKEN"
    ? { type: "TOKEN", authorizationToken: identity[0] ?? "", methodArn }
    : { type: "REQUEST", methodArn, ...requestOf(call), requestContext: contextOf(call) };
}

/** The event of the function behind a method ("Input format of a Lambda function for proxy integration"). */
export function functionEvent(call: RestCall, verdict: Verdict | undefined): object {
  const allowed = verdict?.kind === "allow" ? verdict : undefined;
  const authorizer = { principalId: allowed?.principalId, integrationLatency: 0, ...allowed?.context };
  const { body } = call.request;
  const isBinary = body.length > 0 && sendsBinary(call.api.binaryMediaTypes, call.request);
  return {
    ...requestOf(call),
    requestContext: { ...contextOf(call), ...(allowed !== undefined && { authorizer }) },
    body: body.length === 0 ? null : Buffer.from(body).toString(isBinary ? "base64" : "utf8"),
    isBase64Encoded: isBinary,
  };
}

function requestOf({ method, request, path, parameters }: RestCall): JsonObject {
  const query = queryOf(request);
  return {
    resource: method.template,
    path,
    httpMethod: request.method,
    headers: Object.fromEntries(request.headers),
    multiValueHeaders: multiValued(request.headers),
    queryStringParameters: query.length === 0 ? null : Object.fromEntries(query),
    multiValueQueryStringParameters: query.length === 0 ? null : multiValued(query),
    pathParameters: Object.keys(parameters).length === 0 ? null : parameters,
    stageVariables: null,
  };
}

function contextOf({ api, method, request, path }: RestCall): JsonObject {
  return {
    accountId: api.accountId,
    apiId: api.apiId,
    domainName: `${api.apiId}.execute-api.${api.region}.amazonaws.com`,
    domainPrefix: api.apiId,
    extendedRequestId: request.id,
    httpMethod: request.method,
    identity: {
      apiKey: null,
      sourceIp: request.sourceIp,
      userAgent: headerValues(request, "user-agent")[0] ?? null,
    },
    path: `/${api.stage}${path}`,
    protocol: request.protocol,
    requestId: request.id,
    requestTime: requestTime(request.at),
    requestTimeEpoch: request.at,
    resourceId: "local",
    resourcePath: method.template,
    stage: api.stage,
  };
}
