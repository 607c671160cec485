import { randomUUID } from "node:crypto";
import { property } from "../../authorizers/event-shape.ts";
import { isNamed } from "../../policy/ascii.ts";

/** Keeps the event of a request for guards behind an adapter that does not pass it on. */
export interface CarriedEvents {
  /**
   * A handler that gives each request its event: `withEvent(serverlessExpress({ app }))`. The wrapped handler must
   * return a promise.
   */
  withEvent<C, A>(
    handler: (event: never, context: C, callback: never) => A,
  ): (event: unknown, context: C) => Promise<Awaited<A>>;
}

const HEADER = "x-claimgate-event";

/**
 * Events in flight, found by a header with a random name of this call. A client cannot guess it, and its own header is
 * replaced. It is part of the request itself, so no other request can have it, however many run at a time.
 */
export function createCarriedEvents(): CarriedEvents & {
  eventFor(headers: Readonly<Record<string, unknown>>): unknown;
} {
  const events = new Map<string, unknown>();
  return {
    withEvent:
      <C, A>(handler: (event: never, context: C, callback: never) => A) =>
      async (event: unknown, context: C): Promise<Awaited<A>> => {
        const name = randomUUID();
        events.set(name, event);
        try {
          return await handler(marked(event, name) as never, context, undefined as never);
        } finally {
          events.delete(name);
        }
      },
    eventFor: (headers) => {
      const name = headers[HEADER];
      return typeof name === "string" ? events.get(name) : undefined;
    },
  };
}

/** A copy of the event with the header in place of the client's. */
function marked(event: unknown, name: string): unknown {
  if (typeof event !== "object" || event === null) return event;
  const several = property(event, "multiValueHeaders");
  return {
    ...event,
    headers: { ...others(property(event, "headers")), [HEADER]: name },
    ...(several == null ? {} : { multiValueHeaders: { ...others(several), [HEADER]: [name] } }),
  };
}

function others(headers: unknown): object {
  if (typeof headers !== "object" || headers === null) return {};
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isNamed(name, HEADER)));
}
