import { html } from "../../text/html.ts";

/** A page and the headers that it is served with. */
export interface ConsolePage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The page: its own script and style, nothing from elsewhere, in nobody's frame. The token in it proves to the server
 * that a request comes from a page that this server served: no other origin can read it.
 *
 * @param nonce for the style that the editor adds
 */
export function consolePage(token: string, nonce: string): ConsolePage {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="console-token" content="${token}">
<meta name="style-nonce" content="${nonce}">
<title>claimgate console</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/console.css">
<script type="module" src="/console.js"></script>
</head>
<body>
<div id="console"></div>
<noscript>The console needs JavaScript. Without it, the terminal of npm start shows the same decisions.</noscript>
</body>
</html>
`;
  return { body: document.text, headers: { ...SAFE_HEADERS, "content-security-policy": policy(nonce) } };
}

/** The picture of the tab, as a URL without a request. */
export const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%230b5cad'/%3E%3Cpath d='M9 16l5 5 9-11' fill='none' stroke='%23fff' stroke-width='3.5' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

/** Of every answer of the console. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src data:",
    "connect-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}
