import { decodedParameters } from "claimgate/middleware";
import { readBody, type SampleRequest } from "./sample-request.ts";

/** Reads a REST API proxy event; undefined for any other event. */
export function decodeRestEvent(event: Readonly<Record<string, unknown>>): SampleRequest | undefined {
  const method = event["httpMethod"];
  const resource = event["resource"];
  if (typeof method !== "string" || typeof resource !== "string") return undefined;
  return {
    route: `${method} ${resource}`,
    parameters: decodedParameters(event),
    body: readBody(event["body"], event["isBase64Encoded"]),
  };
}
