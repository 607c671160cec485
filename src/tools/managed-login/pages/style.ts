import { createHash } from "node:crypto";
import { Html } from "../../text/html.ts";

/** The look of the pages: one column that fits a phone, light or dark as the browser prefers. */
const CSS = `
:root { color-scheme: light dark; --page: #f3f4f7; --card: #fff; --text: #16191f; --soft: #545b64; --line: #8d99a8;
  --accent: #0b5cad; --on-accent: #fff; --bad: #b0141f; --bad-page: #fdecea; --good: #13602f; --good-page: #e7f6ec }
@media (prefers-color-scheme: dark) { :root { --page: #11151b; --card: #1b212a; --text: #f0f2f5; --soft: #aeb6c1;
  --line: #66717f; --accent: #6cb2ff; --on-accent: #06121f; --bad: #ff9c94; --bad-page: #3b1a1b; --good: #8fdba8;
  --good-page: #14301f } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { width: min(26rem, 100%); padding: clamp(1.25rem, 5vw, 2rem); border-radius: .75rem; background: var(--card);
  box-shadow: 0 1px 2px #0002, 0 8px 24px #0001 }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25 }
p { margin: 0 0 1rem; color: var(--soft); overflow-wrap: anywhere }
form { display: grid; gap: 1rem }
label { display: grid; gap: .25rem; font-weight: 600 }
label small { font-weight: 400; color: var(--soft) }
input, textarea { width: 100%; padding: .625rem .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card);
  color: var(--text); font: inherit; font-weight: 400 }
.check { display: flex; align-items: center; gap: .5rem }
.check input { width: auto }
input[aria-invalid="true"] { border-color: var(--bad) }
button, .button { display: block; width: 100%; padding: .625rem 1rem; border: 1px solid var(--accent);
  border-radius: .5rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; cursor: pointer }
.other { background: transparent; color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
a { color: var(--accent) }
nav { display: grid; gap: .5rem; margin-top: 1.25rem }
.or { display: flex; align-items: center; gap: .75rem; margin: 1.25rem 0; color: var(--soft) }
.or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--line) }
.providers { display: grid; gap: .5rem }
main > form + form { margin-top: .75rem }
[role="alert"], [role="status"] { margin: 0 0 1rem; padding: .75rem; border-radius: .5rem }
[role="alert"] { background: var(--bad-page); color: var(--bad) }
[role="status"] { background: var(--good-page); color: var(--good) }
article { margin: 0 0 1rem; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem }
h2 { margin: 0 0 .25rem; font-size: 1.125rem }
article p:last-child { margin: 0 }
.text { white-space: pre-line; color: var(--text) }
code { font-size: .95em; overflow-wrap: anywhere }
footer { margin-top: 1.5rem; font-size: .875rem; color: var(--soft) }
`;

export const STYLE = new Html(CSS);

/** For the content security policy: only this style counts. */
export const STYLE_HASH = `sha256-${createHash("sha256").update(CSS).digest("base64")}`;
