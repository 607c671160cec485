import { headerValues, property } from "../../authorizers/event-shape.ts";

/** The part of an HTTP request that the guard reads. */
export interface HttpRequest {
  readonly method: string;
  /** All values of a header, by its lower-case name. */
  readonly header: (name: string) => readonly string[];
  /** Undefined if the body is longer than the limit, or not UTF-8. */
  readonly body: () => Promise<string | "too-long" | undefined>;
}

/**
 * Of an event of an HTTP API, a REST API, a function URL or a load balancer.
 *
 * @throws ClaimgateError `request_malformed` for headers that are not strings
 */
export function requestOfEvent(event: unknown, maxBytes: number): HttpRequest {
  const method =
    property(event, "httpMethod") ?? property(property(property(event, "requestContext"), "http"), "method");
  const body = property(event, "body");
  const encoding = property(event, "isBase64Encoded") === true ? "base64" : "utf8";
  return {
    method: typeof method === "string" ? method : "",
    header: (name) => headerValues(event, name),
    body: () =>
      Promise.resolve(decoded(Buffer.from(typeof body === "string" ? body : "", encoding), maxBytes)),
  };
}

/** Of a web-standard request. The body is read no further than the limit. */
export function requestOfWeb(request: Request, maxBytes: number): HttpRequest {
  return {
    method: request.method,
    header: (name) => {
      const value = request.headers.get(name);
      return value === null ? [] : [value];
    },
    body: async () => {
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
        chunks.push(chunk);
        length += chunk.byteLength;
        if (length > maxBytes) return "too-long";
      }
      return decoded(Buffer.concat(chunks), maxBytes);
    },
  };
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

function decoded(bytes: Uint8Array, maxBytes: number): string | "too-long" | undefined {
  if (bytes.byteLength > maxBytes) return "too-long";
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
