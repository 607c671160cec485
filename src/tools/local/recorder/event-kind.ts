import { type JsonObject, objectOf, textOf } from "../../../json.ts";

/** The folder of `events/` that has samples of this kind. */
export type EventFolder = "cognito" | "http" | "rest" | "websocket";

/** Whether an event is one that Cognito sends. */
export function isTrigger(event: JsonObject): boolean {
  return typeof event["triggerSource"] === "string";
}

/** Where samples of such an event are; undefined for an event that neither Cognito nor a gateway sends. */
export function folderOf(event: JsonObject): EventFolder | undefined {
  if (isTrigger(event)) return "cognito";
  const { requestContext, version, methodArn } = event;
  const { connectionId, stage } = objectOf(requestContext);
  if (connectionId !== undefined) return "websocket";
  if (version === "2.0" || version === "1.0") return "http";
  return typeof methodArn === "string" || stage !== undefined ? "rest" : undefined;
}

/** The route of a gateway, `GET /orders/{orderId}`; else what the event is about. */
export function routeOf(event: JsonObject): string {
  const { requestContext, resource, httpMethod } = event;
  const key = textOf(objectOf(requestContext)["routeKey"]);
  if (key?.includes(" /") === true) return key;
  return typeof resource === "string" && typeof httpMethod === "string"
    ? `${httpMethod} ${resource}`
    : subjectOf(event);
}

/** What an event is about: `PreSignUp_SignUp`, `POST /orders`, `$connect`. */
export function subjectOf(event: JsonObject): string {
  const { triggerSource, requestContext, methodArn, httpMethod, path, rawPath, routeKey } = event;
  if (typeof triggerSource === "string") return triggerSource;
  const context = objectOf(requestContext);
  const http = objectOf(context["http"]);
  const method = textOf(http["method"]) ?? textOf(httpMethod);
  const at = textOf(rawPath) ?? textOf(path);
  if (method !== undefined && at !== undefined) return `${method} ${at}`;
  if (typeof methodArn === "string" && context["connectionId"] === undefined) {
    const [, , verb = "", ...rest] = (methodArn.split(":")[5] ?? "").split("/");
    return `${verb} /${rest.join("/")}`;
  }
  return textOf(context["routeKey"]) ?? textOf(routeKey) ?? "event";
}
