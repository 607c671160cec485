import { type Html, html } from "../../text/html.ts";
import type { WebAnswer } from "../route.ts";
import { STYLE, STYLE_HASH } from "./style.ts";

export interface PageContent {
  readonly title: string;
  readonly body: Html;
  /** What went wrong with what was entered; read out by screen readers. */
  readonly error?: string | undefined;
  /** What went well. */
  readonly notice?: string | undefined;
}

export interface PageOptions {
  readonly status?: number;
  /** Where a form may lead besides this server: the callback of the app that a sign-in returns to. */
  readonly leadsTo?: string | undefined;
  readonly headers?: WebAnswer["headers"];
}

/**
 * A page: nothing but its own style, no script, in nobody's frame, kept by nobody.
 */
export function page({ title, body, error, notice }: PageContent, options: PageOptions = {}): WebAnswer {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${error === undefined ? undefined : html`<p role="alert" id="error">${error}</p>`}
${notice === undefined ? undefined : html`<p role="status">${notice}</p>`}
${body}
<footer>A user pool on this machine. Messages are in the <a href="/_mailbox">mailbox</a>.${returnTo(options.leadsTo)}</footer>
</main>
</body>
</html>
`;
  return {
    status: options.status ?? 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": policyFor(options.leadsTo),
      "x-content-type-options": "nosniff",
      // Not `no-referrer`: a form would be sent with `Origin: null`, which nobody trusts.
      "referrer-policy": "same-origin",
      ...options.headers,
    },
    body: document.text,
  };
}

/** Nothing answers after a sign-in if the app does not run, and the browser does not say why. */
function returnTo(leadsTo: string | undefined): Html | undefined {
  const origin = originOf(leadsTo);
  return origin === undefined ? undefined : html` The sign-in returns to the app at ${origin}.`;
}

/** The scheme alone, if it is an app's own. */
function originOf(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { origin, protocol } = new URL(address);
  return origin === "null" ? protocol : origin;
}

/** Chrome applies `form-action` to the redirects that follow a form as well, so the app's callback is in it. */
function policyFor(leadsTo: string | undefined): string {
  const origin = originOf(leadsTo);
  return [
    "default-src 'none'",
    `style-src '${STYLE_HASH}'`,
    "img-src data:",
    `form-action 'self'${origin === undefined ? "" : ` ${origin}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}

const REQUIRED = html` required`;

/** A field with its label, its hint, and what a password manager and a phone's keyboard need to know. */
export function field(options: {
  readonly name: string;
  readonly label: string;
  readonly type?: "text" | "email" | "password" | "tel";
  readonly autocomplete: string;
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
  readonly invalid?: boolean;
  readonly numeric?: boolean;
  readonly required?: boolean;
}): Html {
  const {
    name,
    label,
    type = "text",
    autocomplete,
    value = "",
    hint,
    invalid = false,
    numeric = false,
    required = true,
  } = options;
  // Anything but the type takes the `@` from the keyboard of a phone.
  const keyboard = type === "password" ? "text" : type;
  return html`<label>${label}
<input name="${name}" type="${type}" autocomplete="${autocomplete}" value="${value}"${required ? REQUIRED : undefined}
autocapitalize="none" spellcheck="false" inputmode="${numeric ? "numeric" : keyboard}"
aria-invalid="${String(invalid)}">
${hint === undefined ? undefined : html`<small>${hint}</small>`}</label>`;
}
