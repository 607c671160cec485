import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { JsonObject } from "../../../json.ts";
import { objectOf } from "../../../json.ts";
import { asOnAws, type Closing, closingOf, type WebsocketPlace } from "./websocket-events.ts";

/** A class of serverless-offline that makes events. */
interface EventClass {
  readonly prototype: { create: () => JsonObject };
}

interface OfflineEvents {
  readonly WebSocketAuthorizerEvent: EventClass;
  readonly WebSocketConnectEvent: EventClass;
  readonly WebSocketDisconnectEvent: EventClass;
  readonly WebSocketEvent: EventClass;
}

/** A connection of the `ws` that serverless-offline uses. */
interface SocketClass {
  readonly prototype: { emit: (event: string | symbol, ...args: readonly unknown[]) => boolean };
}

/**
 * Makes serverless-offline send the events of its WebSocket API as API Gateway does. It has no hook for that, so the
 * change is where it makes them, and where a connection tells how it was closed.
 *
 * @param serviceDirectory where serverless-offline is installed
 * @throws Error of node:module where this version has other files
 */
export async function correctWebsocketEvents(serviceDirectory: string, place: WebsocketPlace): Promise<void> {
  const offline = createRequire(join(serviceDirectory, "package.json")).resolve("serverless-offline");
  const file = join(dirname(offline), "events", "websocket", "lambda-events", "index.js");
  const events = (await import(pathToFileURL(file).href)) as OfflineEvents;
  const socket = createRequire(offline)("ws") as SocketClass;
  const closing = listenForClosing(socket);
  correct(events.WebSocketConnectEvent, (event) => asOnAws(event, place));
  correct(events.WebSocketEvent, (event) => asOnAws(event, place));
  correct(events.WebSocketDisconnectEvent, (event) => asOnAws(event, place, closing()));
  correct(events.WebSocketAuthorizerEvent, (event) => withSourceIp(asOnAws(event, place)));
}

function correct({ prototype }: EventClass, corrected: (event: JsonObject) => JsonObject): void {
  const { create } = prototype;
  prototype.create = function createAsOnAws(this: EventClass["prototype"]) {
    return corrected(Reflect.apply(create, this, []));
  };
}

/** serverless-offline takes the address for later events from here; the event itself does not show it. */
function withSourceIp(event: JsonObject): JsonObject {
  const context = { ...objectOf(event["requestContext"]) };
  const { sourceIp } = objectOf(context["identity"]);
  Object.defineProperty(context, "sourceIp", { value: sourceIp, enumerable: false });
  return { ...event, requestContext: context };
}

/** @returns how the connection is closed whose end is told right now */
function listenForClosing({ prototype }: SocketClass): () => Closing | undefined {
  let closing: Closing | undefined;
  const { emit } = prototype;
  prototype.emit = function emitAndRemember(this: SocketClass["prototype"], event, ...args) {
    if (event === "close") closing = closingOf(Number(args[0]), String(args[1]));
    try {
      return Reflect.apply(emit, this, [event, ...args]);
    } finally {
      if (event === "close") closing = undefined;
    }
  };
  return () => closing;
}
