import { type Html, html } from "../text/html.ts";
import type { AccessReport, AppReport } from "./access-report.ts";

/** What users may do through each app; empty if the policy limits none. */
export function appsSection({ apps = [] }: AccessReport): Html | undefined {
  if (apps.length === 0) return undefined;
  return html`<section id="apps-section" aria-labelledby="apps-title">
<h2 id="apps-title">Apps</h2>
<p>Users may call these routes through an app only as far as its <code>p3</code> rows go. An app without a row may do nothing.</p>
<div class="scroller" role="region" aria-label="Apps" tabindex="0"><table>
<thead><tr><th scope="col">App</th><th scope="col">Permission</th><th scope="col">Scope</th><th scope="col">Where</th></tr></thead>
<tbody>${apps.map(appRow)}</tbody></table></div>
</section>`;
}

function appRow({ client, permission, scope, file, line }: AppReport): Html {
  return html`<tr><td><code>client:${client}</code></td><td><code>${permission}</code></td><td>${
    scope === undefined ? "any" : html`<code>${scope}</code>`
  }</td><td><code>${file}:${line}</code></td></tr>`;
}
