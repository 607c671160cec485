import { jsonIn, objectOf, textOf } from "../../json.ts";

/** What came of calling a function. */
export type Invocation =
  | { readonly kind: "answered"; readonly payload: unknown }
  | { readonly kind: "threw"; readonly message: string }
  | { readonly kind: "timed-out" }
  /** The event is larger than Lambda takes. */
  | { readonly kind: "too-large" }
  /** The function cannot be called. */
  | { readonly kind: "unreachable" };

/** Calls a function by its name and waits at most this many milliseconds. Never rejects. */
export type Invoke = (functionName: string, event: object, limitMs: number) => Promise<Invocation>;

/** Lambda takes no larger event, in bytes, of a caller that waits. */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

/** Nor does it give a larger answer: its error names this number. */
const MAX_ANSWER_BYTES = 6_291_556;

/** Calls functions at a Lambda endpoint. @param endpoint such as `http://127.0.0.1:3002` */
export function invokeAt(endpoint: string): Invoke {
  return async (functionName, event, limitMs) => {
    const body = JSON.stringify(event);
    if (Buffer.byteLength(body) > MAX_EVENT_BYTES) return { kind: "too-large" };
    const signal = AbortSignal.timeout(limitMs);
    try {
      const url = `${endpoint}/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
      const response = await fetch(url, { method: "POST", body, signal });
      const text = await response.text();
      if (!response.ok) return { kind: "unreachable" };
      if (Buffer.byteLength(text) > MAX_ANSWER_BYTES) {
        const message = `Response payload size exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).`;
        return { kind: "threw", message };
      }
      const payload = text === "" ? undefined : jsonIn(text);
      if (!response.headers.has("x-amz-function-error")) return { kind: "answered", payload };
      return { kind: "threw", message: textOf(objectOf(payload)["errorMessage"]) ?? "" };
    } catch {
      return { kind: signal.aborted ? "timed-out" : "unreachable" };
    }
  };
}
