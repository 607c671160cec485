import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "../../../errors.ts";
import { type JsonObject, jsonIn, objectOf } from "../../../json.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import { refusalOf, visitOf } from "../../cognito-server/http/own-origin.ts";
import type { ErrorJson, LiveJson } from "../../console/contract.ts";
import { CommandError } from "../../machine/command-error.ts";
import { PolicyInForce } from "../policy-in-force.ts";
import { RecordError } from "../recorder/record-error.ts";
import { ConsoleError } from "./console-error.ts";
import { ConsoleFeed, stackJson } from "./console-feed.ts";
import { consolePage, SAFE_HEADERS } from "./console-page.ts";
import type { ConsoleStack } from "./console-stack.ts";
import { ENDPOINTS } from "./endpoints.ts";
import type { PageFiles } from "./page-files.ts";

const MAX_BODY_BYTES = 1_000_000;

/** A proxy or a browser may end a connection on which nothing is said. */
const STILL_HERE_MS = 15_000;

/** The stack that is shown; undefined while it starts again. */
interface Shown {
  readonly stack: ConsoleStack;
  readonly policy: PolicyInForce;
}

/** The server of the console. It outlives a stack that is packaged again. */
export class ConsoleServer {
  readonly feed = new ConsoleFeed();
  readonly #token = randomBytes(32).toString("base64url");
  readonly #files: Promise<PageFiles>;
  readonly #server: Server;
  #shown: Shown | undefined;
  #known: ConsoleStack | undefined;

  /** @param files of the page, which may still be on their way */
  constructor(files: Promise<PageFiles>) {
    this.#files = files;
    // Answered with the reason once the page is asked for.
    files.catch(() => undefined);
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => sendError(response, error));
    });
  }

  /**
   * @param port 0: any free one
   * @returns the port
   * @throws Error of node:net where the port cannot be used
   */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Shows a stack that runs. @returns stops showing it */
  show(stack: ConsoleStack): () => void {
    const policy = new PolicyInForce(stack.policies, stack.keptPolicy);
    const shown = { stack, policy };
    this.#shown = shown;
    this.#known = stack;
    const unfollow = this.feed.log.follow(stack, policy);
    const unheard = stack.onDelivery((delivery) => this.feed.delivery(stack, delivery));
    this.#tellState();
    return () => {
      unfollow();
      unheard();
      if (this.#shown === shown) this.#shown = undefined;
      this.#tellState();
    };
  }

  #tellState(): void {
    const live = this.#state();
    if (live !== undefined) this.feed.tell(live);
  }

  #state(): LiveJson | undefined {
    if (this.#known === undefined) return undefined;
    const state = this.#shown === undefined ? "restarting" : "ready";
    return { type: "stack", stack: stackJson(state, this.#known) };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(visitOf(request), []);
    if (refusal !== undefined) {
      throw new ConsoleError(refusal.status, "origin", refusal.message);
    }
    const url = new URL(request.url ?? "/", "http://localhost");
    const route = `${request.method === "HEAD" ? "GET" : request.method} ${url.pathname}`;
    if (url.pathname.startsWith("/api/")) {
      this.#assertOwnPage(request);
      if (route === "GET /api/live") return this.#live(response);
      return this.#api(route, url, request, response);
    }
    return this.#page(route, response);
  }

  /** A page of another origin cannot read the token, and cannot send a header without asking first. */
  #assertOwnPage({ headers }: IncomingMessage): void {
    const given = Buffer.from(String(headers["x-console-token"] ?? ""));
    const own = Buffer.from(this.#token);
    if (given.length === own.length && timingSafeEqual(given, own)) return;
    throw new ConsoleError(403, "token", "this page belongs to an earlier start of the stack; load it again");
  }

  async #page(route: string, response: ServerResponse): Promise<void> {
    if (route === "GET /") {
      const { body, headers } = consolePage(this.#token, randomBytes(18).toString("base64url"));
      return send(response, 200, "text/html; charset=utf-8", body, headers);
    }
    const { script, style } = await this.#files;
    if (route === "GET /console.js") return send(response, 200, "text/javascript; charset=utf-8", script);
    if (route === "GET /console.css") return send(response, 200, "text/css; charset=utf-8", style);
    throw new ConsoleError(404, "path", `there is no ${route} here`);
  }

  async #api(route: string, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const endpoint = Object.hasOwn(ENDPOINTS, route) ? ENDPOINTS[route] : undefined;
    if (endpoint === undefined) throw new ConsoleError(404, "path", `there is no ${route} here`);
    const body = request.method === "POST" ? await bodyOf(request) : {};
    if (this.#shown === undefined) {
      throw new ConsoleError(503, "restarting", "the stack is starting; this takes a few seconds");
    }
    const answer = await endpoint({ ...this.#shown, feed: this.feed, query: url.searchParams, body });
    sendJson(response, 200, answer);
  }

  /** Server-sent events: the state now, then what happens. */
  #live(response: ServerResponse): void {
    response.writeHead(200, { ...SAFE_HEADERS, "content-type": "text/event-stream" });
    const write = (live: LiveJson) => response.write(`data: ${JSON.stringify(live)}\n\n`);
    const state = this.#state();
    if (state !== undefined) write(state);
    const stop = this.feed.onLive(write);
    const beat = setInterval(() => response.write(": still here\n\n"), STILL_HERE_MS);
    response.once("close", () => {
      clearInterval(beat);
      stop();
    });
  }
}

/** @throws ConsoleError */
async function bodyOf(request: IncomingMessage): Promise<JsonObject> {
  // A form of another page can send any other type without asking first.
  if (request.headers["content-type"] !== "application/json") {
    throw new ConsoleError(415, "type", "expected `content-type: application/json`");
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new ConsoleError(413, "size", "the request is larger than 1 MB");
    chunks.push(chunk);
  }
  const body = jsonIn(Buffer.concat(chunks).toString("utf8"));
  if (typeof body !== "object") throw new ConsoleError(400, "json", "the body is not a JSON object");
  return objectOf(body);
}

function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const { status, code } = kindOf(error);
  const body: ErrorJson = { code, message: messageOf(error) };
  // The rest of a request that was refused is not read.
  sendJson(response, status, body, { connection: "close" });
}

function kindOf(error: unknown): { readonly status: number; readonly code: string } {
  if (error instanceof ConsoleError) return error;
  if (error instanceof CognitoError) return { status: 400, code: error.code };
  if (error instanceof CommandError) return { status: 400, code: error.code };
  if (error instanceof RecordError) return { status: error.code === "exists" ? 409 : 400, code: error.code };
  return { status: 500, code: "internal" };
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(response, status, "application/json", JSON.stringify(body), headers);
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...SAFE_HEADERS, "content-type": type, ...headers });
  response.end(body);
}
