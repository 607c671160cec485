import { Worker } from "node:worker_threads";
import { textOf } from "../../../json.ts";

type Fields = Record<string, unknown>;

/**
 * Gives the functions of this process the routes of their events as API Gateway writes them. serverless-offline 14.8.2
 * writes hapi's pattern, `/files/{proxy*}`, also into the ARN. It later checks an authorizer's policy against the same
 * event, so the event is changed before it goes to the function's worker.
 *
 * @returns reverts the change
 */
export function writeRoutesAsAws(): () => void {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function posted(this: Worker, ...args: Parameters<typeof postMessage>) {
    asAws(fieldsOf(fieldsOf(args[0])["event"]));
    Reflect.apply(postMessage, this, args);
  };
  return () => {
    Worker.prototype.postMessage = postMessage;
  };
}

/**
 * Changes an event of serverless-offline in place: `{name*}` becomes `{name+}`, and the ARN of an authorizer's event
 * gets the path of the request. If path and parameters do not fit the route, the ARN keeps the pattern; authorizers
 * refuse that of a greedy route.
 */
export function asAws(event: Fields): void {
  const context = fieldsOf(event["requestContext"]);
  const pattern = textOf(event["resource"]) ?? textOf(event["routeKey"])?.replace(/^[A-Z]+ /, "");
  const path = textOf(event["rawPath"]) ?? textOf(event["path"]);
  if (pattern?.startsWith("/") === true && path !== undefined) {
    const concrete = concretePath(pattern, path, fieldsOf(event["pathParameters"]));
    for (const field of ["methodArn", "routeArn"]) {
      const arn = textOf(event[field]);
      if (concrete === undefined || arn?.endsWith(pattern) !== true) continue;
      event[field] = arn.slice(0, -pattern.length) + concrete;
    }
    const http = fieldsOf(context["http"]);
    if (http["path"] === pattern) http["path"] = path;
  }
  for (const field of ["routeKey", "resource"]) respell(event, field);
  for (const field of ["routeKey", "resourceId", "resourcePath"]) respell(context, field);
}

function respell(holder: Fields, field: string): void {
  const value = textOf(holder[field]);
  if (value !== undefined) holder[field] = value.replace(/\{([^{}/*]+)\*\}$/, "{$1+}");
}

/** The path without the stage that serverless-offline puts before the paths of a REST API. */
function concretePath(pattern: string, path: string, parameters: Fields): string | undefined {
  const filled = pattern.replaceAll(
    /\{([^{}/*]+)\*?\}/g,
    (whole, name: string) => textOf(parameters[name]) ?? whole,
  );
  return [path, path.replace(/^\/[^/]+/, "")].find((candidate) => decoded(candidate) === filled);
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** The original object, not a copy, so that it can be changed. */
function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
