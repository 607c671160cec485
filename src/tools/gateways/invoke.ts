import { jsonIn, objectOf, textOf } from "../../json.ts";

/** What came of calling a function. */
export type Invocation =
  | { readonly kind: "answered"; readonly payload: unknown }
  | { readonly kind: "threw"; readonly message: string }
  | { readonly kind: "timed-out" }
  /** The function cannot be called. */
  | { readonly kind: "unreachable" };

/** Calls a function by its name and waits at most this many milliseconds. Never rejects. */
export type Invoke = (functionName: string, event: object, limitMs: number) => Promise<Invocation>;

/** Calls functions at a Lambda endpoint. @param endpoint such as `http://127.0.0.1:3002` */
export function invokeAt(endpoint: string): Invoke {
  return async (functionName, event, limitMs) => {
    const signal = AbortSignal.timeout(limitMs);
    try {
      const url = `${endpoint}/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
      const response = await fetch(url, { method: "POST", body: JSON.stringify(event), signal });
      const text = await response.text();
      if (!response.ok) return { kind: "unreachable" };
      const payload = text === "" ? undefined : jsonIn(text);
      if (!response.headers.has("x-amz-function-error")) return { kind: "answered", payload };
      return { kind: "threw", message: textOf(objectOf(payload)["errorMessage"]) ?? "" };
    } catch {
      return { kind: signal.aborted ? "timed-out" : "unreachable" };
    }
  };
}
