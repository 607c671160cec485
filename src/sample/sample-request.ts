/** A call as the orders service sees it, whichever gateway brought it. */
export interface SampleRequest {
  /** As the gateway spells it: `GET /orders/{orderId}`. */
  readonly route: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What either gateway takes as the answer of a function. */
export interface SampleResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer that no cache keeps: what one caller may see says nothing about the next. */
export function respond(statusCode: number, body: unknown): SampleResponse {
  return {
    statusCode,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}

/** The text of a body, decoded where the gateway says that it encoded it. */
export function readBody(body: unknown, isBase64Encoded: unknown): string | undefined {
  if (typeof body !== "string") return undefined;
  return isBase64Encoded === true ? Buffer.from(body, "base64").toString("utf8") : body;
}
