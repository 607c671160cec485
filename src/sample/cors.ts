import type { SampleResponse } from "./sample-request.ts";

/**
 * The answer with CORS headers. Behind a REST API the function must set them itself; an HTTP API sets them and removes
 * these.
 *
 * @param origins the origins that may read answers; `*` is any
 * @param event a REST API proxy event
 */
export function withCors(
  response: SampleResponse,
  origins: readonly string[],
  event: Readonly<Record<string, unknown>>,
): SampleResponse {
  const anybody = origins.includes("*");
  const origin = originOf(event["headers"]);
  if (!anybody && (origin === undefined || !origins.includes(origin))) return varying(response, {});
  return varying(response, { "access-control-allow-origin": anybody ? "*" : (origin ?? "") });
}

function varying(response: SampleResponse, headers: Readonly<Record<string, string>>): SampleResponse {
  return { ...response, headers: { ...response.headers, ...headers, vary: "Origin" } };
}

/** REST API events keep the client's case of header names. */
function originOf(headers: unknown): string | undefined {
  if (typeof headers !== "object" || headers === null) return undefined;
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === "origin");
  return typeof entry?.[1] === "string" ? entry[1] : undefined;
}
