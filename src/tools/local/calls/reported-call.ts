import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type JsonObject, jsonIn, objectOf, textOf } from "../../../json.ts";
import type { GuardedCalls } from "../gateways/guard-servers.ts";

/** The caller that a token names. It is not verified: it is only shown next to the authorizer's decision. */
interface NamedCaller {
  readonly sub: string;
  readonly client: string | undefined;
}

/** A finished API call, as the process of the functions reports it. Never contains the token or the query. */
export interface ReportedCall {
  /** The start, in milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** The path as sent; `$connect` for a WebSocket. */
  readonly path: string;
  readonly status: number;
  /** Undefined if the call has no token. */
  readonly caller: NamedCaller | "unreadable" | undefined;
  /** Why the local stack refused to answer it. */
  readonly refused: string | undefined;
}

/** Marks a message between the two processes. */
const KIND = "claimgate-call";

/** Reports each call once it is answered, without preflights, which browsers send by themselves. */
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

/** The call in a message; undefined for another kind of message. */
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

/** The caller that a token names; not verified here. */
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

/** `write` or `end` writes the answer to a handshake to the socket itself. */
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
