/** A request to the orders service, from either gateway. */
export interface SampleRequest {
  /** In the gateway's spelling: `GET /orders/{orderId}`. */
  readonly route: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The answer of a function, for either gateway. */
export interface SampleResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer that caches do not store, since the next caller may not be allowed to see it. */
export function respond(statusCode: number, body: unknown): SampleResponse {
  return {
    statusCode,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}

/** The body as a string, decoded if the gateway encoded it. */
export function readBody(body: unknown, isBase64Encoded: unknown): string | undefined {
  if (typeof body !== "string") return undefined;
  return isBase64Encoded === true ? Buffer.from(body, "base64").toString("utf8") : body;
}
