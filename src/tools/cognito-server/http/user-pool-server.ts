import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "../../../errors.ts";
import { type JsonObject, jsonIn, objectOf } from "../../../json.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import type { Operations } from "../../cognito/operations/operation.ts";
import type { Pool } from "../../cognito/pool.ts";
import type { WebAnswer, WebRequest, WebRoutes } from "../../managed-login/route.ts";
import { corsHeaders, refusalOf, type Visit, visitOf } from "./own-origin.ts";
import { isForPages } from "./page-operations.ts";

const MAX_BODY_BYTES = 1_000_000;

const KEEP_ALIVE_MS = 60_000;

/** A call of the API, and what came of it. */
export interface ApiCall {
  readonly operation: string;
  readonly request: JsonObject;
  readonly status: number;
  readonly body: JsonObject;
  /** The name of the error. */
  readonly error: string | undefined;
}

/** A request of an endpoint or a page, and what came of it. */
export interface WebCall {
  readonly route: string;
  readonly request: WebRequest;
  readonly answer: WebAnswer;
}

/** What is served. */
export interface Served {
  readonly pool: Pool;
  readonly operations: Operations;
  /** The API of the identity pool, which is another service at the same port. */
  readonly identityOperations: Operations;
  /** Exact routes; `GET /POOL_ID/.well-known/jwks.json` has the id of the pool in it. */
  readonly routes: WebRoutes;
  /** Origins of pages that may call what AWS lets a browser call. */
  readonly trusted: readonly string[];
  readonly onApiCall?: (call: ApiCall) => void;
  readonly onWebCall?: (call: WebCall) => void;
}

/** A server that could be stopped. */
export interface Running {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Serves a pool on 127.0.0.1, once it is open: the Cognito API, the endpoints and the pages. Only this machine's own
 * host is answered, and pages of trusted origins only what AWS lets a browser call: the operations of administrators
 * are closed to them.
 *
 * @param port 0: any free one
 * @param open called once with the port, when it is taken; requests wait for it
 * @throws Error of node:net where the port cannot be used, and that of `open`
 */
export async function serveUserPool<Opened extends Served>(
  port: number,
  open: (port: number) => Promise<Opened>,
): Promise<Running & { readonly served: Opened }> {
  let opening: Promise<Opened> | undefined;
  const server = createServer((request, response) => {
    // Nobody reaches the server before it listens, and then it is opened at once.
    opening
      ?.then((served) => answer(served, request, response))
      .catch((error: unknown) => {
        sendJson(response, 500, { __type: "InternalErrorException", message: messageOf(error) });
      });
  });
  // Keys and passwords are made in this process: on a busy machine that takes longer than the five seconds after which
  // Node closes a connection that a client is about to use again.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, port);
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const taken = (server.address() as AddressInfo).port;
  try {
    opening = open(taken);
    return { port: taken, stop, served: await opening };
  } catch (error) {
    await stop();
    throw error;
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const visit = visitOf(request);
  const url = urlOf(request.url, visit);
  if (url === undefined)
    return sendJson(response, 400, { message: "the address of the request is not valid" });
  const called = calledOperation(served, request);
  const trusted = isForPages(url.pathname, called?.name) ? served.trusted : [];
  const refusal = refusalOf(visit, trusted);
  if (refusal !== undefined) return sendJson(response, refusal.status, { message: refusal.message });
  for (const [name, value] of Object.entries(corsHeaders(visit, trusted))) response.setHeader(name, value);
  if (request.method === "OPTIONS") return preflight(request, response);
  const body = await readBody(request);
  if (body === undefined) return sendJson(response, 413, { message: "the body is too large" });
  if (request.method === "POST" && url.pathname === "/" && called !== undefined) {
    return api({ ...served, operations: called.service }, called.name, body, response);
  }
  return web(served, webRequest(request, url, body), response);
}

/** undefined for a request line with a host of its own: only the one of the `Host` header is checked. */
function urlOf(path: string | undefined, { host, port }: Visit): URL | undefined {
  const address = `http://${host ?? `127.0.0.1:${port}`}${path}`;
  return path?.startsWith("/") === true && URL.canParse(address) ? new URL(address) : undefined;
}

/** The operation that is called, of the user pool or of the identity pool; undefined where it is of neither. */
function calledOperation(
  { operations, identityOperations }: Served,
  { headers }: IncomingMessage,
): { readonly service: Operations; readonly name: string } | undefined {
  const [, service, name = ""] = /^([^.]*)\.(.*)$/.exec(String(headers["x-amz-target"])) ?? [];
  if (service === "AWSCognitoIdentityProviderService") return { service: operations, name };
  return service === "AWSCognitoIdentityService" ? { service: identityOperations, name } : undefined;
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "",
  });
  response.end();
}

async function api(
  { pool, operations, onApiCall }: Served,
  operation: string,
  text: string,
  response: ServerResponse,
): Promise<void> {
  const given = jsonIn(text === "" ? "{}" : text);
  const request = objectOf(given);
  const told = (status: number, body: JsonObject, error?: string) => {
    onApiCall?.({ operation, request, status, body, error });
    sendJson(response, status, body, AMZ_JSON);
  };
  try {
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
      throw new CognitoError("SerializationException", "the body is not a JSON object");
    }
    const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (run === undefined)
      throw new CognitoError("UnknownOperationException", `${operation} is not an operation`);
    told(200, await run(pool, request));
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    told(400, { __type: error.code, message: error.message }, error.code);
  }
}

async function web(
  { pool, routes, onWebCall }: Served,
  request: WebRequest,
  response: ServerResponse,
): Promise<void> {
  const route = `${request.method} ${request.url.pathname}`;
  const handler = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (handler === undefined) return sendJson(response, 404, { message: missing(route) });
  const answered = await handler(pool, request);
  onWebCall?.({ route, request, answer: answered });
  response.writeHead(answered.status, mutableHeaders(answered.headers));
  response.end(answered.body);
}

/** What a person sees who opens the address of the pool in a browser. */
const missing = (route: string) =>
  `there is no ${route} here${route === "GET /" ? "; the messages are at /_mailbox, a sign-in begins at /oauth2/authorize" : ""}`;

function mutableHeaders(headers: WebAnswer["headers"]): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}

function webRequest(request: IncomingMessage, url: URL, body: string): WebRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
  // A HEAD request is answered as GET; node:http leaves the body out.
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "");
  return { method, url, headers, cookies: cookiesOf(request.headers.cookie), body };
}

function cookiesOf(header: string | undefined): ReadonlyMap<string, string> {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  return new Map(
    pairs
      .filter((pair) => pair.includes("="))
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}

const AMZ_JSON = "application/x-amz-json-1.1";

function sendJson(
  response: ServerResponse,
  status: number,
  body: JsonObject,
  type = "application/json",
): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": type });
  response.end(JSON.stringify(body));
}

/** undefined where it is larger than the API takes. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop closes the connection, so a body that is too large is read to its end before it is refused.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString("utf8");
}
