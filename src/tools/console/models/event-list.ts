import type { DeliveryJson } from "../contract.ts";

/** No function has this name. */
export const NO_EVENT_FILTER = "";

/** The events of a function, in their order; of all where none is named. */
export function shownEvents(events: readonly DeliveryJson[], functionName: string): readonly DeliveryJson[] {
  if (functionName === NO_EVENT_FILTER) return events;
  return events.filter((event) => event.functionName === functionName);
}

/** As many as the server keeps. */
const KEPT = 200;

/** The events with a new one on top; one that is known already stays where it is. */
export function withDelivery(
  events: readonly DeliveryJson[],
  delivery: DeliveryJson,
): readonly DeliveryJson[] {
  if (events.some(({ id }) => id === delivery.id)) return events;
  return [delivery, ...events].slice(0, KEPT);
}
