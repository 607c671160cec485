import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { refusalOf, type Visit, visitOf } from "../../cognito-server/http/own-origin.ts";
import { answerRequest } from "../../gateways/answer-request.ts";
import type { Apis } from "../../gateways/apis.ts";
import { ResultCache } from "../../gateways/authorizers/result-cache.ts";
import type { Invoke } from "../../gateways/invoke.ts";
import { type ClientRequest, type GatewayAnswer, jsonAnswer, type Pairs } from "../../gateways/request.ts";
import type { GuardedCalls } from "./guard-servers.ts";

/** The APIs of a stack, and the functions behind them. */
export interface ServedApis {
  readonly apis: Apis;
  readonly invoke: Invoke;
}

/** API Gateway takes no larger request: 10 MB. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * Serves the APIs on 127.0.0.1 once they are known, to this machine's own host and to pages of the origins that the
 * HTTP API allows (docs/adr/0039-own-origin.md).
 *
 * @throws Error of node:net if the port cannot be used
 */
export async function serveApis(
  port: number,
  opening: Promise<ServedApis>,
  seen: GuardedCalls,
): Promise<{ stop(): Promise<void> }> {
  const cache = new ResultCache();
  const server = createServer((request, response) => {
    opening
      .then((served) => answer(served, cache, { request, response, seen }))
      .catch(() => send(response, jsonAnswer(500, { message: "Internal Server Error" })));
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

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly seen: GuardedCalls;
}

async function answer(
  { apis, invoke }: ServedApis,
  cache: ResultCache,
  { request, response, seen }: Exchange,
): Promise<void> {
  const visit: Visit = visitOf(request);
  const refusal = refusalOf(visit, apis.http?.cors?.origins ?? []);
  if (refusal !== undefined) {
    seen.refused(request, refusal);
    // The connection closes with the answer: the rest of the request is not read.
    response.setHeader("connection", "close");
    return send(response, jsonAnswer(refusal.status, { message: refusal.message }));
  }
  seen.request(request, response);
  const body = await bodyOf(request);
  if (body === undefined) return send(response, jsonAnswer(413, { message: "Request Entity Too Large" }));
  send(response, await answerRequest(apis, clientRequest(request, body), { invoke, cache }));
}

function clientRequest(request: IncomingMessage, body: Uint8Array): ClientRequest {
  return {
    id: randomUUID(),
    method: request.method ?? "",
    target: request.url ?? "",
    headers: headersOf(request.rawHeaders),
    body,
    sourceIp: request.socket.remoteAddress ?? "",
    protocol: `HTTP/${request.httpVersion}`,
    at: Date.now(),
  };
}

/** Node lists names and values in turn. */
function headersOf(raw: readonly string[]): Pairs {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as const] : []));
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What API Gateway says of the connection by itself, whatever a function answers. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
]);

function send(response: ServerResponse, { status, headers, body }: GatewayAnswer): void {
  if (response.headersSent) return;
  response.statusCode = status;
  // An answer that could not be sent may have left some of its headers.
  for (const name of response.getHeaderNames()) if (name !== "connection") response.removeHeader(name);
  for (const [name, value] of headers) {
    if (!OF_CONNECTION.has(name.toLowerCase())) response.appendHeader(name, value);
  }
  response.end(body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}
