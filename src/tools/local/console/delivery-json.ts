import type { DeliveryJson } from "../../console/contract.ts";
import type { NumberedDelivery } from "../recorder/delivery-log.ts";
import { subjectOf } from "../recorder/event-kind.ts";
import { outcomeInWords } from "../recorder/save-sample.ts";

/** An event for the list of the page. */
export function deliveryJson({ id, at, functionName, event, outcome, took }: NumberedDelivery): DeliveryJson {
  return {
    id,
    at,
    functionName,
    about: subjectOf(event),
    answered: outcomeInWords(outcome),
    failed: outcome.kind === "failed" && outcome.message !== "Unauthorized",
    took,
  };
}
