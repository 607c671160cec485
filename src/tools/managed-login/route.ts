import type { JsonObject } from "../../json.ts";
import type { Pool } from "../cognito/pool.ts";

/** A request that arrived whole: what a handler decides by. */
export interface WebRequest {
  readonly method: string;
  /** Absolute, with the host that was asked. */
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly cookies: ReadonlyMap<string, string>;
  /** At most 1 MB. */
  readonly body: string;
}

export interface WebAnswer {
  readonly status: number;
  /** Lower-case names. More than one value: `set-cookie`. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** Answers one route below the address of the pool: an endpoint or a page. */
export type WebHandler = (pool: Pool, request: WebRequest) => Promise<WebAnswer>;

/** `GET /login` -> its handler. */
export type WebRoutes = Readonly<Record<string, WebHandler>>;

/** An answer of JSON that nobody may keep. */
export function json(status: number, body: JsonObject, headers: WebAnswer["headers"] = {}): WebAnswer {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(body),
  };
}

/**
 * The form that a request of an OAuth endpoint sends; undefined where it is of another content type, or repeats a
 * parameter (RFC 6749 section 3.2).
 * https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 */
export function formOf({ headers, body }: WebRequest): URLSearchParams | undefined {
  if (!/^application\/x-www-form-urlencoded(?:;|$)/i.test(headers["content-type"] ?? "")) return undefined;
  const form = new URLSearchParams(body);
  return new Set(form.keys()).size === form.size ? form : undefined;
}

export function redirect(location: string, headers: WebAnswer["headers"] = {}): WebAnswer {
  return { status: 302, headers: { location, "cache-control": "no-store", ...headers }, body: "" };
}
