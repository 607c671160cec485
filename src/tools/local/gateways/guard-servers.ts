import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Refusal, refusalOf, visitOf } from "../../cognito-server/http/own-origin.ts";

/** What pages may call in this process. */
export interface PageAccess {
  /** The port of the APIs. On any other port, pages of other origins may only use a WebSocket. */
  readonly apiPort: number;
  /** Origins of pages that may call the APIs and connect to the WebSocket API; `*` is every page. */
  readonly origins: readonly string[];
}

/** The requests that guarded servers received. */
export interface GuardedCalls {
  /** An API request that was let through. */
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Socket) => void;
  readonly refused: (request: IncomingMessage, refusal: Refusal) => void;
}

/**
 * Makes every HTTP server of this process refuse requests that come neither from this machine's own host nor from a
 * trusted page. serverless-offline has no hook in front of its servers, and one of them invokes any function; so the
 * check is where Node passes a request to a server (docs/adr/0039-own-origin.md).
 *
 * @returns removes the check
 */
export function guardServers(access: PageAccess, seen?: GuardedCalls): () => void {
  const { emit } = Server.prototype;
  Server.prototype.emit = function guarded(this: Server, event: string | symbol, ...args: unknown[]) {
    const [request, target] = args as [IncomingMessage, unknown];
    if (event === "request" || event === "checkContinue" || event === "checkExpectation") {
      const port = request.socket.localPort ?? 0;
      const refusal = refusalOf(visitOf(request), port === access.apiPort ? access.origins : []);
      const response = target as ServerResponse;
      if (refusal !== undefined) {
        seen?.refused(request, refusal);
        return answer(response, refusal);
      }
      if (port === access.apiPort) seen?.request(request, response);
    }
    if (event === "upgrade") {
      const refusal = refusalOf(visitOf(request), access.origins);
      const socket = target as Socket;
      if (refusal !== undefined) {
        seen?.refused(request, refusal);
        return hangUp(socket, refusal);
      }
      seen?.upgrade(request, socket);
    }
    return Reflect.apply(emit, this, [event, ...args]) as boolean;
  };
  return () => {
    Server.prototype.emit = emit;
  };
}

function answer(response: ServerResponse, { status, message }: Refusal): true {
  // The connection closes with the answer: the rest of the request is not read.
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ message }));
  return true;
}

function hangUp(socket: Socket, { status, message }: Refusal): true {
  const body = JSON.stringify({ message });
  socket.end(
    `HTTP/1.1 ${status} ${status === 421 ? "Misdirected Request" : "Forbidden"}\r\nConnection: close\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  return true;
}
