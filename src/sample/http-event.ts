import { decodedParameters } from "claimgate/middleware";
import { readBody, type SampleRequest } from "./sample-request.ts";

/** Reads an HTTP API event of payload format 2.0; undefined for any other event. */
export function decodeHttpEvent(event: Readonly<Record<string, unknown>>): SampleRequest | undefined {
  const route = event["routeKey"];
  if (event["version"] !== "2.0" || typeof route !== "string") return undefined;
  return {
    route,
    parameters: decodedParameters(event),
    body: readBody(event["body"], event["isBase64Encoded"]),
  };
}
