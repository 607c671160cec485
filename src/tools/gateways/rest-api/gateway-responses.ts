import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import type { GatewayAnswer } from "../request.ts";

/** The `GatewayResponse` resources of a REST API, by type. */
export type GatewayResponses = ReadonlyMap<string, JsonObject>;

export function gatewayResponsesOf(properties: readonly JsonObject[]): GatewayResponses {
  return new Map(properties.map((one) => [textOf(one["ResponseType"]) ?? "", one]));
}

/** An error that API Gateway itself answers, before it is customized. */
export interface GatewayError {
  readonly type: keyof typeof DEFAULTS;
  /** The message by default; null where API Gateway has none. */
  readonly message: string | null;
  readonly requestId: string;
}

/** Response type -> its status, and the error type of its header ("Gateway response types"). */
const DEFAULTS = {
  ACCESS_DENIED: [403, "AccessDeniedException"],
  AUTHORIZER_CONFIGURATION_ERROR: [500, "AuthorizerConfigurationException"],
  INTEGRATION_TIMEOUT: [504, "InternalServerErrorException"],
  DEFAULT_5XX: [502, "InternalServerErrorException"],
  INVALID_SIGNATURE: [403, "IncompleteSignatureException"],
  REQUEST_TOO_LARGE: [413, "RequestTooLargeException"],
  MISSING_AUTHENTICATION_TOKEN: [403, "MissingAuthenticationTokenException"],
  UNAUTHORIZED: [401, "UnauthorizedException"],
} as const;

/** The body by default; for a denied call the key begins with a capital. */
const BODY = '{"message":$context.error.messageString}';
const DENIED_BODY = '{"Message":$context.error.messageString}';

/** The answer to an error, as the template customizes it. */
export function gatewayAnswer(responses: GatewayResponses, error: GatewayError): GatewayAnswer {
  const [status, errorType] = DEFAULTS[error.type];
  const fallback = responses.get(status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
  const own = responses.get(error.type) ?? fallback ?? {};
  const template = textOf(objectOf(own["ResponseTemplates"])["application/json"]);
  const body = template ?? (error.type === "ACCESS_DENIED" ? DENIED_BODY : BODY);
  const headers = Object.entries(objectOf(own["ResponseParameters"])).flatMap(([name, value]) => {
    const header = /^gatewayresponse\.header\.(.+)$/.exec(name)?.[1];
    const literal = /^'(.*)'$/.exec(String(value))?.[1];
    return header === undefined || literal === undefined ? [] : [[header, literal] as const];
  });
  return {
    status: Number(own["StatusCode"] ?? status),
    headers: [["content-type", "application/json"], ["x-amzn-ErrorType", errorType], ...headers],
    body: filled(body, error),
  };
}

function filled(template: string, { type, message, requestId }: GatewayError): string {
  return template
    .replaceAll("$context.error.messageString", () => JSON.stringify(message))
    .replaceAll("$context.error.message", () => message ?? "")
    .replaceAll("$context.error.responseType", type)
    .replaceAll("$context.requestId", requestId);
}
