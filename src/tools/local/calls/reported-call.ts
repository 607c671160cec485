import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type JsonObject, jsonIn, objectOf, textOf } from "../../../json.ts";
import type { GuardedCalls } from "../gateways/guard-servers.ts";

/** Who a token names. Nobody has verified it: it is for showing, next to what the authorizer decided. */
interface NamedCaller {
  readonly sub: string;
  readonly client: string | undefined;
}

/** A call of an API that is over, as the process of the functions tells it. Never the token, never the query. */
export interface ReportedCall {
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** The path as it was sent; `$connect` of a WebSocket. */
  readonly path: string;
  readonly status: number;
  /** undefined where the call has no token. */
  readonly caller: NamedCaller | "unreadable" | undefined;
  /** Why the local stack did not answer it at all. */
  readonly refused: string | undefined;
}

/** The mark of a message between the two processes. */
const KIND = "claimgate-call";

/** Tells of each call once it is answered. Preflights are a browser's, and left out. */
export function reportCalls(tell: (message: JsonObject) => void): GuardedCalls {
  const report = (call: ReportedCall) => tell({ kind: KIND, ...call });

  return {
    request(request, response) {
      const method = request.method ?? "";
      if (method === "OPTIONS") return;
      const [path = ""] = (request.url ?? "").split("?");
      const caller = callerOf(bearer(request));
      const at = Date.now();
      response.once("finish", () => {
        report({ at, method, path, status: response.statusCode, caller, refused: undefined });
      });
    },
    upgrade(request, socket) {
      const caller = callerOf(bearer(request) ?? protocolToken(request) ?? queryToken(request));
      const at = Date.now();
      onStatus(socket, (status) => {
        report({ at, method: "GET", path: "$connect", status, caller, refused: undefined });
      });
    },
    refused(request, { status, message }) {
      const [path = ""] = (request.url ?? "").split("?");
      const method = request.method ?? "";
      report({ at: Date.now(), method, path, status, caller: undefined, refused: message });
    },
  };
}

/** The call that a message tells of; undefined where it is another message. */
export function callIn(message: unknown): ReportedCall | undefined {
  const { kind, at, method, path, status, caller, refused } = objectOf(message);
  if (kind !== KIND || typeof method !== "string" || typeof path !== "string") return undefined;
  if (typeof status !== "number" || typeof at !== "number") return undefined;
  const sub = textOf(objectOf(caller)["sub"]);
  const named = sub === undefined ? undefined : { sub, client: textOf(objectOf(caller)["client"]) };
  return {
    at,
    method,
    path,
    status,
    caller: caller === "unreadable" ? caller : named,
    refused: textOf(refused),
  };
}

/** Who a token names; nobody verifies it here. */
export function callerOf(token: string | undefined): ReportedCall["caller"] {
  if (token === undefined) return undefined;
  const claims = objectOf(jsonIn(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")));
  const sub = textOf(claims["sub"]);
  return sub === undefined ? "unreadable" : { sub, client: textOf(claims["client_id"]) };
}

function bearer({ headers }: IncomingMessage): string | undefined {
  return headers.authorization?.replace(/^bearer +/i, "");
}

function protocolToken({ headers }: IncomingMessage): string | undefined {
  return headers["sec-websocket-protocol"]?.split(",")[1]?.trim();
}

function queryToken({ url = "" }: IncomingMessage): string | undefined {
  return new URLSearchParams(url.split("?")[1] ?? "").get("access_token") ?? undefined;
}

/** The answer to a handshake is written to the socket itself, by `write` or by `end`. */
function onStatus(socket: Socket, tell: (status: number) => void): void {
  const { write, end } = socket;
  const look = (chunk: unknown) => {
    socket.write = write;
    socket.end = end;
    const status = /^HTTP\/1\.1 (\d{3})/.exec(String(chunk))?.[1];
    if (status !== undefined) tell(Number(status));
  };
  socket.write = ((...args: Parameters<typeof write>) => {
    look(args[0]);
    return write.apply(socket, args);
  }) as typeof write;
  socket.end = ((...args: Parameters<typeof end>) => {
    look(args[0]);
    return end.apply(socket, args);
  }) as typeof end;
}
