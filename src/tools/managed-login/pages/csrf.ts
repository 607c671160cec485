import { randomBytes, timingSafeEqual } from "node:crypto";
import { type Html, html } from "../../text/html.ts";
import type { WebRequest } from "../route.ts";

const COOKIE = "XSRF-TOKEN";
const FIELD = "_csrf";

/** The token of a browser: in a cookie that only this server reads, and in each of its forms. */
export interface CsrfToken {
  /** The hidden field of a form. */
  readonly field: Html;
  readonly headers: { readonly "set-cookie": string };
}

/** The token that the browser has, or a new one. */
export function csrfToken({ cookies }: WebRequest): CsrfToken {
  const known = cookies.get(COOKIE);
  const token =
    known !== undefined && /^[\w-]{43}$/.test(known) ? known : randomBytes(32).toString("base64url");
  return {
    field: html`<input type="hidden" name="${FIELD}" value="${token}">`,
    headers: { "set-cookie": `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax` },
  };
}

/** Whether a form is one of this server's, sent by the browser that got it. */
export function isOwnForm({ cookies }: WebRequest, form: URLSearchParams): boolean {
  const kept = Buffer.from(cookies.get(COOKIE) ?? "");
  const sent = Buffer.from(form.get(FIELD) ?? "");
  return kept.length > 0 && kept.length === sent.length && timingSafeEqual(kept, sent);
}
