import type { Delivery } from "./delivery.ts";

/** A delivery by the number that the console and `events:record` call it. */
export interface NumberedDelivery extends Delivery {
  readonly id: number;
}

/** An endless run keeps no endless list. */
const KEPT = 200;

/** An event with a large body is no sample, and many of them would fill the memory. */
const LARGEST_CHARACTERS = 100_000;

/** The events that were delivered last, newest first. */
export class DeliveryLog {
  #deliveries: readonly NumberedDelivery[] = [];
  #next = 1;

  /** @returns undefined for an event that is too large to keep */
  add(delivery: Delivery): NumberedDelivery | undefined {
    if (JSON.stringify([delivery.event, delivery.outcome]).length > LARGEST_CHARACTERS) return undefined;
    const added = { id: this.#next++, ...delivery };
    this.#deliveries = [added, ...this.#deliveries].slice(0, KEPT);
    return added;
  }

  list(): readonly NumberedDelivery[] {
    return this.#deliveries;
  }

  find(id: number): NumberedDelivery | undefined {
    return this.#deliveries.find((delivery) => delivery.id === id);
  }
}
