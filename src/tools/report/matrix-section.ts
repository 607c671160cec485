import { type Html, html } from "../text/html.ts";
import type { AccessReport, RouteReport } from "./access-report.ts";
import { legend, matrixTable } from "./matrix-table.ts";

/** The access matrix: a row for each route, a column for each subject. */
export function matrixSection({ holders, routes }: AccessReport): Html {
  return html`<section id="matrix-section" aria-labelledby="matrix-title">
<h2 id="matrix-title">Who may call what</h2>
<p>A column shows what a token with that subject may do, including all roles that follow from it and the role of its kind of token. Roles and groups with the same access share a column. A user in several groups has the access of all of them, and a deny in any of them wins.</p>
${filterForm()}
${legend()}
<div class="scroller" role="region" aria-labelledby="matrix-title" tabindex="0">
${matrixTable({
  caption: "Routes and who may call them",
  corner: "Route and permission",
  holders,
  rows: routes.map((route, index) => ({ ...rowHead(route, index), access: route.access })),
})}</div>
<p id="no-match" class="empty" hidden>No route matches. <button type="button" data-reset>Show all</button></p>
</section>`;
}

/** The script shows it, since filtering needs the script. */
export function filterForm(): Html {
  return html`<form id="filter" hidden role="search" aria-label="Filter the report">
<label>Route or permission<input type="search" id="filter-route" autocomplete="off" spellcheck="false"></label>
<label>Role, group or other subject<input type="search" id="filter-holder" autocomplete="off" spellcheck="false"></label>
<label>Subjects<select id="filter-kind"><option value="">all</option><option value="role">roles</option><option
 value="group">groups</option><option value="user client scope">users, clients and scopes</option></select></label>
<label>Access<select id="filter-access"><option value="">any</option><option value="allowed conditional">allowed for someone</option><option
 value="conditional">depends on the request</option><option value="denied">denied for someone</option><option
 value="nobody">allowed for no one</option><option value="public">open to everyone</option></select></label>
<button type="reset">Show all</button>
<p id="filter-result" role="status" aria-live="polite"></p>
</form>`;
}

function rowHead({ name, permissions, isPublic }: RouteReport, index: number): { head: Html; key: string } {
  const opened = isPublic ? "public" : permissions.join(", ");
  return {
    head: html`<a href="#route-${index}">${name}</a><span class="permission">${opened}</span>`,
    key: `${name} ${opened}`,
  };
}
