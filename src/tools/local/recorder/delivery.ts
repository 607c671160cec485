import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import type { TriggerName } from "../../cognito/config/pool-config.ts";
import type { Invoke as InvokeTrigger } from "../../cognito/triggers/triggers.ts";
import type { Invoke as InvokeFunction } from "../../gateways/invoke.ts";

/** An event that a function of the stack received, and what it answered. */
export interface Delivery {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** As AWS calls the function: `claimgate-dev-httpAuthorizer`. */
  readonly functionName: string;
  readonly event: JsonObject;
  readonly outcome: DeliveryOutcome;
  /** Milliseconds. */
  readonly took: number;
}

export type DeliveryOutcome =
  | { readonly kind: "answered"; readonly payload: unknown }
  /** It threw, did not answer in time, or could not be called. */
  | { readonly kind: "failed"; readonly message: string };

export type OnDelivery = (delivery: Delivery) => void;

const FAILURES = {
  "timed-out": "it did not answer in time",
  "too-large": "its answer is too large",
  unreachable: "it cannot be called",
};

/** The same calls of a gateway, and each is told. */
export function toldCalls(invoke: InvokeFunction, tell: OnDelivery): InvokeFunction {
  return async (functionName, event, limitMs) => {
    const { took, result, at } = await timed(() => invoke(functionName, event, limitMs));
    tell({ at, took, functionName, event: objectOf(event), outcome: outcomeOf(result) });
    return result;
  };

  function outcomeOf(result: Awaited<ReturnType<InvokeFunction>>): DeliveryOutcome {
    if (result.kind === "answered") return result;
    return { kind: "failed", message: result.kind === "threw" ? result.message : FAILURES[result.kind] };
  }
}

/** The same calls of a user pool, and each is told. @param functionNames trigger -> name of its function */
export function toldTriggers(
  invoke: InvokeTrigger,
  functionNames: ReadonlyMap<TriggerName, string>,
  tell: OnDelivery,
): InvokeTrigger {
  return async (trigger, event) => {
    const { took, result, at } = await timed(() => invoke(trigger, event));
    const functionName = functionNames.get(trigger) ?? trigger;
    tell({ at, took, functionName, event, outcome: outcomeOf(result) });
    return result;
  };

  function outcomeOf(result: Awaited<ReturnType<InvokeTrigger>>): DeliveryOutcome {
    if (result.kind === "answered") return result;
    return { kind: "failed", message: (result.kind === "threw" ? result.errorMessage : result.text) ?? "" };
  }
}

async function timed<Result>(work: () => Promise<Result>) {
  const [at, begun] = [Date.now(), performance.now()];
  const result = await work();
  return { at, result, took: Math.round(performance.now() - begun) };
}

/** Marks a message of the process of the functions. */
const KIND = "claimgate-delivery";

/** A delivery as that process sends it. */
export function deliveryMessage(delivery: Delivery): JsonObject {
  return { kind: KIND, ...delivery };
}

/** The delivery in a message; undefined for another kind of message. */
export function deliveryIn(message: unknown): Delivery | undefined {
  const { kind, at, took, functionName, event, outcome } = objectOf(message);
  if (kind !== KIND) return undefined;
  const { kind: how, payload, message: why } = objectOf(outcome);
  return {
    at: Number(at),
    took: Number(took),
    functionName: textOf(functionName) ?? "",
    event: objectOf(event),
    outcome: how === "answered" ? { kind: how, payload } : { kind: "failed", message: textOf(why) ?? "" },
  };
}
