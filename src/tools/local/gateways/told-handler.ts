import { BroadcastChannel } from "node:worker_threads";
import { objectOf } from "../../../json.ts";
import { type DeliveryOutcome, deliveryMessage } from "../recorder/delivery.ts";

/** serverless-offline runs each function in a thread of its own, and calls those of WebSockets without a request. */
const CHANNEL = "claimgate-deliveries";

/**
 * The same handler, which tells of each event to {@link hearHandlers}.
 *
 * @param functionName as serverless.yml calls it
 */
export function toldHandler<Event, Answer>(
  functionName: string,
  handler: (event: Event) => Promise<Answer>,
): (event: Event) => Promise<Answer> {
  const channel = new BroadcastChannel(CHANNEL);
  channel.unref();
  return async (event) => {
    const [at, begun] = [Date.now(), performance.now()];
    // What cannot be copied to another thread, a handler cannot answer either.
    const received = objectOf(JSON.parse(JSON.stringify(event)));
    const tell = (outcome: DeliveryOutcome) => {
      const took = Math.round(performance.now() - begun);
      channel.postMessage(deliveryMessage({ at, took, functionName, event: received, outcome }));
    };
    try {
      const payload = await handler(event);
      tell({ kind: "answered", payload: payload === undefined ? null : JSON.parse(JSON.stringify(payload)) });
      return payload;
    } catch (error) {
      tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  };
}

/** Hears the threads of this process. */
export function hearHandlers(hear: (message: unknown) => void): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event) => hear((event as MessageEvent).data);
  channel.unref();
}
