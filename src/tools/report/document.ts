import { contentHash } from "../text/content-hash.ts";
import { Html, html } from "../text/html.ts";
import { PAGE_STYLE } from "./page-style.ts";

export interface DocumentParts {
  readonly title: string;
  /** Below the heading. */
  readonly head: Html;
  readonly main: Html;
  readonly foot: Html;
  /** JavaScript of this program; undefined if the page needs none. */
  readonly script?: string;
  /** The data of the script: JSON without `<`. */
  readonly data?: string;
  /** By default the style of all pages alone. */
  readonly style?: string;
}

/** One self-contained page: no network, no other file. Its own CSP pins the script that it may run. */
export function htmlDocument({
  title,
  head,
  main,
  foot,
  script,
  data,
  style = PAGE_STYLE,
}: DocumentParts): string {
  const scripts = script === undefined ? "" : ` script-src '${contentHash(script)}';`;
  const policy = `default-src 'none'; style-src '${contentHash(style)}';${scripts} base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(style)}</style></head>
<body><a class="skip" href="#main">Skip to the report</a>
<header>${head}</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer>${foot}</footer>
${data === undefined ? undefined : html`<script type="application/json" id="data">${new Html(data)}</script>`}${script === undefined ? undefined : html`<script>${new Html(script)}</script>`}</body></html>
`.text;
}
