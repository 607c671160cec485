import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { messageOf } from "../../../errors.ts";
import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import { visitOf } from "../gateways/guard-servers.ts";
import { corsHeaders, refusalOf } from "../../cognito/http/own-origin.ts";
import { LOCAL } from "../identifiers.ts";
import { jwksOf } from "../../cognito/tokens/signing.ts";
import { runOperation } from "./cognito-api.ts";
import { CognitoError } from "./cognito-error.ts";
import type { LocalPool } from "./local-pool.ts";
import { isForPages } from "../../cognito/http/page-operations.ts";
import { operationEvent, type PoolEvent } from "./pool-event.ts";
import { answerTokenRequest, basicCredentials } from "./token-endpoint.ts";

const MAX_BODY_BYTES = 1_000_000;

/** Where the keys of the pool are, below the address of the server. */
export const JWKS_PATH = `/${LOCAL.userPoolId}/.well-known/jwks.json`;

/** A server that could be stopped. */
export interface Running {
  stop(): Promise<void>;
}

/**
 * Serves the pool on 127.0.0.1, once it is open: the Cognito API, the keys, the token endpoint, the mailbox. The rest
 * comes from cognito-local. Only this machine's own host is answered, and pages of the app's origins only what AWS
 * lets a browser call: the mailbox and the operations of administrators are closed to them.
 */
export async function serveCognito(pool: Promise<LocalPool>, port: number, tell: Tell): Promise<Running> {
  const server = createServer((request, response) => {
    pool
      .then((opened) => answer(opened, request, response, tell))
      .catch((error: unknown) => {
        const message = messageOf(error);
        send(response, 500, { __type: "InternalErrorException", message });
      });
  });
  await listen(server, port);
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

type Tell = (event: PoolEvent) => void;

async function answer(
  pool: LocalPool,
  request: IncomingMessage,
  response: ServerResponse,
  tell: Tell,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const route = `${request.method ?? ""} ${url.pathname}`;
  const target = request.headers["x-amz-target"];
  const operation = typeof target === "string" ? target.slice(target.indexOf(".") + 1) : undefined;
  const visit = visitOf(request);
  const trusted = isForPages(url.pathname, operation) ? pool.plan.appOrigins : [];
  const refusal = refusalOf(visit, trusted);
  if (refusal !== undefined) return send(response, refusal.status, { message: refusal.message });
  for (const [name, value] of Object.entries(corsHeaders(visit, trusted))) response.setHeader(name, value);
  if (request.method === "OPTIONS") return preflight(request, response);
  if (route === "POST /" && operation !== undefined) return api(pool, operation, request, response, tell);
  switch (route) {
    case `GET ${JWKS_PATH}`:
      return send(response, 200, jwksOf([pool.keys.id, pool.keys.access]), {
        "cache-control": "public, max-age=86400",
      });
    case `GET /${LOCAL.userPoolId}/.well-known/openid-configuration`:
      return send(response, 200, discovery(request));
    case "GET /_mailbox":
      return send(response, 200, { mails: pool.mailbox.list(url.searchParams.get("to") ?? undefined) });
    case "GET /_access-token":
      return accessToken(pool, request, response, tell);
    case "POST /oauth2/token":
      return token(pool, request, response, tell);
    default:
      return pool.stock.serve(request, response);
  }
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "",
  });
  response.end();
}

async function api(
  pool: LocalPool,
  operation: string,
  request: IncomingMessage,
  response: ServerResponse,
  tell: Tell,
): Promise<void> {
  try {
    const body = objectOf(parseJson(await readBody(request)));
    const result = await runTold(pool, operation, body, tell);
    send(response, 200, result, AMZ_JSON, epochSeconds);
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    send(response, 400, { __type: error.code, message: error.message }, AMZ_JSON);
  }
}

/** Runs an operation, and tells what came of it. @throws CognitoError */
async function runTold(
  pool: LocalPool,
  operation: string,
  request: JsonObject,
  tell: Tell,
): Promise<JsonObject> {
  const told = (answer: Parameters<typeof operationEvent>[2]) => {
    const event = operationEvent(operation, request, answer);
    if (event !== undefined) tell(event);
  };
  try {
    const body = await runOperation(pool, operation, request);
    told({ status: 200, body });
    return body;
  } catch (error) {
    if (error instanceof CognitoError) told({ status: 400, body: {}, error: error.code });
    throw error;
  }
}

async function token(
  pool: LocalPool,
  request: IncomingMessage,
  response: ServerResponse,
  tell: Tell,
): Promise<void> {
  const form = new URLSearchParams(await readBody(request));
  const answered = await answerTokenRequest(pool, form, request.headers.authorization);
  const operation = form.get("grant_type") ?? "/oauth2/token";
  if (answered === undefined) {
    response.once("finish", () => {
      const status = response.statusCode;
      tell({ operation, status, username: undefined, accessToken: undefined, error: undefined });
    });
    return pool.stock.serve(request, response, Object.fromEntries(form));
  }
  tell({
    operation,
    status: answered.status,
    username: undefined,
    accessToken: textOf(answered.body["access_token"]),
    error: textOf(answered.body["error"]),
  });
  send(response, answered.status, answered.body, { "cache-control": "no-store" });
}

/** A sign-in that fits in a curl line: `curl -u NAME:PASSWORD .../_access-token`. AWS has no such thing. */
async function accessToken(
  pool: LocalPool,
  request: IncomingMessage,
  response: ServerResponse,
  tell: Tell,
): Promise<void> {
  const { id, secret } = basicCredentials(request.headers.authorization) ?? { id: "", secret: "" };
  try {
    const AuthParameters = { USERNAME: id, PASSWORD: secret };
    const signIn = { ClientId: LOCAL.appClients.web, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters };
    const result = await runTold(pool, "InitiateAuth", signIn, tell);
    response.writeHead(200, { "content-type": "text/plain" });
    response.end(textOf(objectOf(result["AuthenticationResult"])["AccessToken"]) ?? "");
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    send(response, 401, { __type: error.code, message: error.message });
  }
}

function discovery(request: IncomingMessage): JsonObject {
  const here = `http://${request.headers.host ?? "127.0.0.1"}`;
  return {
    issuer: LOCAL.issuer,
    jwks_uri: `${here}${JWKS_PATH}`,
    authorization_endpoint: `${here}/oauth2/authorize`,
    token_endpoint: `${here}/oauth2/token`,
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
  };
}

const AMZ_JSON = { "content-type": "application/x-amz-json-1.1" };

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  replacer?: (this: unknown, key: string, value: unknown) => unknown,
): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body, replacer));
}

/** Times travel as seconds. `this` is the object, where the date is not yet a string. */
function epochSeconds(this: unknown, key: string, value: unknown): unknown {
  const original = objectOf(this)[key];
  return original instanceof Date ? Math.floor(original.getTime() / 1000) : value;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new CognitoError("SerializationException", "the body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text === "" ? "{}" : text);
  } catch {
    throw new CognitoError("SerializationException", "the body is not JSON");
  }
}
