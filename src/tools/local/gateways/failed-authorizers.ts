import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import { isNativeError } from "node:util/types";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { objectOf } from "../../../json.ts";

/** A request of an API, and whether one of its functions threw. */
interface Flight {
  failed: boolean;
}

const flights = new AsyncLocalStorage<Flight>();

/** What an authorizer throws to refuse a token; anything else is a failure. */
const REFUSAL = "Unauthorized";

const BODY = JSON.stringify({ message: "Internal Server Error" });

/**
 * Makes the APIs of this process answer 500 if an authorizer fails, as API Gateway does. serverless-offline 14.8.2
 * answers 401, which says that the token is bad. It answers no other error of a function with 401.
 *
 * @returns reverts the change
 */
export function noticeFailures(): () => void {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function posted(this: Worker, ...args: Parameters<typeof postMessage>) {
    const flight = flights.getStore();
    Reflect.apply(postMessage, this, flight === undefined ? args : overheard(args, flight));
  };
  return () => {
    Worker.prototype.postMessage = postMessage;
  };
}

/** Runs the handling of a request; what {@link noticeFailures} sees in the meantime belongs to it. */
export function inFlight<T>(response: ServerResponse, handle: () => T): T {
  const flight: Flight = { failed: false };
  const { writeHead } = response;
  response.writeHead = function written(this: ServerResponse, ...args: unknown[]) {
    response.writeHead = writeHead;
    return flight.failed && args[0] === 401
      ? fail(response)
      : (Reflect.apply(writeHead, this, args) as ServerResponse);
  } as typeof writeHead;
  return flights.run(flight, handle);
}

/** Answers 500, and drops the body that the framework is about to write. */
function fail(response: ServerResponse): ServerResponse {
  const { end } = response;
  for (const name of response.getHeaderNames()) {
    if (!name.startsWith("access-control-") && name !== "vary") response.removeHeader(name);
  }
  response.writeHead(500, { "content-type": "application/json", "content-length": Buffer.byteLength(BODY) });
  response.write = () => true;
  response.end = (() => Reflect.apply(end, response, [BODY]) as ServerResponse) as typeof end;
  return response;
}

/** The same message with a port of our own, which passes the answer of the function on. */
function overheard(
  args: Parameters<typeof Worker.prototype.postMessage>,
  flight: Flight,
): Parameters<typeof Worker.prototype.postMessage> {
  const message: unknown = args[0];
  const port = objectOf(message)["port"] as MessagePort | undefined;
  if (port === undefined) return args;
  const { port1, port2 } = new MessageChannel();
  port1.once("message", (answer: unknown) => {
    if (isNativeError(answer) && answer.message !== REFUSAL) flight.failed = true;
    port.postMessage(answer);
    port1.close();
  });
  return [{ ...objectOf(message), port: port2 }, [port2]];
}
