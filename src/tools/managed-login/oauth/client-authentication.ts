import { createHash, timingSafeEqual } from "node:crypto";
import type { ClientConfig, PoolConfig } from "../../cognito/config/pool-config.ts";
import type { WebRequest } from "../route.ts";

/** The two halves of a `Basic` authorization header, as written. */
export interface BasicCredentials {
  readonly id: string;
  readonly secret: string;
}

/** undefined where the header is not `Basic`. */
export function basicCredentials(authorization: string | undefined): BasicCredentials | undefined {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  if (basic === undefined) return undefined;
  const text = Buffer.from(basic, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return { id: text.slice(0, Math.max(colon, 0)), secret: text.slice(colon + 1) };
}

/**
 * The client of a request of the token endpoint: one with a secret proves it, in the header or in the form; one without
 * only says its name.
 */
export function authenticatedClient(
  { clients }: PoolConfig,
  { headers }: WebRequest,
  form: URLSearchParams,
): ClientConfig | undefined {
  const basic = basicCredentials(headers["authorization"]);
  const id = basic === undefined ? form.get("client_id") : formDecoded(basic.id);
  const secret = basic === undefined ? form.get("client_secret") : formDecoded(basic.secret);
  // A form that names another client than the header is nobody's.
  if (basic !== undefined && form.has("client_id") && form.get("client_id") !== id) return undefined;
  const client = clients.find((candidate) => candidate.id === id);
  if (client === undefined) return undefined;
  // "There's no such client with that client_id and client_secret" (AWS, token endpoint).
  return isSame(client.secret ?? "", secret ?? "") ? client : undefined;
}

/** Client id and secret are form-encoded before they are put in the header (RFC 6749 section 2.3.1). */
function formDecoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll("&", "%26")}`).get("x") ?? "";
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
