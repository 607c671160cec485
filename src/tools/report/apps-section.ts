import { describeAccess } from "../access/access.ts";
import { type Html, html } from "../text/html.ts";
import type { AccessReport, AppReport, AppsReport } from "./access-report.ts";
import { moreRows, shownBy } from "./rows-by-script.ts";

/** What users may do through each app; nothing if the policy limits none. */
export function appsSection({ apps }: AccessReport, byScript = false): Html | undefined {
  if (apps === undefined) return undefined;
  return html`<section id="apps-section" aria-labelledby="apps-title">
<h2 id="apps-title">Apps</h2>
<p>Users may call these routes through an app only as far as its <code>p3</code> rows go. An app without a row may do nothing.</p>
<div class="scroller" role="region" aria-label="Apps" tabindex="0"><table>
<thead><tr><th scope="col">App</th><th scope="col">Permission</th><th scope="col">Scope</th><th scope="col">Where</th></tr></thead>
<tbody>${apps.rows.map(appRow)}</tbody></table></div>
<h3 id="through-title">On behalf of whom</h3>
<p>A cell shows who may call the route through the app, and under which condition. Subjects that only inherit are left out.</p>
<div class="scroller" id="through"${shownBy(byScript)} role="region" aria-labelledby="through-title" tabindex="0"><table>
<thead><tr><th scope="col">Route</th>${apps.clients.map((client) => html`<th scope="col"><code>client:${client}</code></th>`)}</tr></thead>
<tbody>${(byScript ? [] : apps.routes).map(routeRow)}</tbody></table></div>${byScript ? moreRows(html`<code>claimgate matrix --by both</code> writes them.`) : undefined}
</section>`;
}

function appRow({ client, permission, scope, file, line }: AppReport): Html {
  return html`<tr><td><code>client:${client}</code></td><td><code>${permission}</code></td><td>${
    scope === undefined ? "any" : html`<code>${scope}</code>`
  }</td><td><code>${file}:${line}</code></td></tr>`;
}

function routeRow({ name, through }: AppsReport["routes"][number]): Html {
  return html`<tr><th scope="row">${name}</th>${through.map(
    (users) =>
      html`<td>${users.map(
        ({ user, access }, index) =>
          html`${index === 0 ? "" : ", "}<code>${user}</code>${access.kind === "allowed" ? "" : ` ${describeAccess(access)}`}`,
      )}</td>`,
  )}</tr>`;
}
