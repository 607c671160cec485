import { type Access, describeAccess } from "../../analysis/report/access.ts";
import type { AccessReport, Holder, RouteReport } from "../../analysis/report/access-report.ts";
import { type Html, html } from "./html.ts";

/** What stands for an access in a table; words say the same to a screen reader. */
const SIGNS: Readonly<Record<Access["kind"], string>> = {
  public: "○",
  allowed: "✓",
  conditional: "if",
  denied: "✕",
  none: "·",
};

const LEGEND: readonly (readonly [Access["kind"], string])[] = [
  ["allowed", "allowed"],
  ["conditional", "depends on the request"],
  ["denied", "denied by a row"],
  ["none", "not granted"],
  ["public", "open to everybody: no authorizer"],
];

/** The access matrix: a row for each route, a column for each holder. */
export function matrixSection({ holders, routes }: AccessReport): Html {
  return html`<section id="matrix-section" aria-labelledby="matrix-title">
<h2 id="matrix-title">Who may call what</h2>
<p>A column says what a token can do that holds it, with all roles that follow and what every token of its kind holds. A user
in several groups holds the sum of them, and a denial in any of them wins.</p>
${filterForm()}
${legend()}
<div class="scroller" role="region" aria-labelledby="matrix-title" tabindex="0">
<table id="matrix"><caption class="hidden">Routes and who may call them</caption>
<thead><tr><th scope="col" class="corner">Route and permission</th>${holders.map(columnHead)}</tr></thead>
<tbody>${routes.map((route, index) => matrixRow(route, index))}</tbody></table></div>
<p id="no-match" class="empty" hidden>No route matches. <button type="button" data-reset>Show all</button></p>
</section>`;
}

/** What the signs of a table mean. */
export function legend(): Html {
  return html`<ul class="legend" aria-label="Signs of the table">${LEGEND.map(
    ([kind, words]) =>
      html`<li><span class="sign ${kind}" aria-hidden="true">${SIGNS[kind]}</span> ${words}</li>`,
  )}</ul>`;
}

/** Shown by the script: without it there is nothing to filter with. */
function filterForm(): Html {
  return html`<form id="filter" hidden role="search" aria-label="Filter the table">
<label>Route or permission<input type="search" id="filter-route" autocomplete="off" spellcheck="false"></label>
<label>Role, group or other holder<input type="search" id="filter-holder" autocomplete="off" spellcheck="false"></label>
<label>Holders<select id="filter-kind"><option value="">all</option><option value="role">roles</option><option
 value="group">groups</option><option value="user client scope">users, clients and scopes</option></select></label>
<label>Access<select id="filter-access"><option value="">any</option><option value="allowed conditional">somebody may</option><option
 value="conditional">depends on the request</option><option value="denied">somebody is denied</option><option
 value="nobody">nobody may</option><option value="public">open to everybody</option></select></label>
<button type="reset">Show all</button>
<p id="filter-result" role="status" aria-live="polite"></p>
</form>`;
}

/** The head of a column about somebody. */
export function columnHead({ subject, description }: Pick<Holder, "subject" | "description">): Html {
  const colon = subject.indexOf(":");
  const title = description === undefined ? subject : `${subject}: ${description}`;
  return html`<th scope="col" data-holder="${subject}" data-kind="${subject.slice(0, colon)}" title="${title}"><span
 class="turned"><span class="kind">${subject.slice(0, colon + 1)}</span>${subject.slice(colon + 1)}</span></th>`;
}

function matrixRow({ name, permissions, isPublic, access }: RouteReport, index: number): Html {
  const opened = isPublic ? "public" : permissions.join(", ");
  return html`<tr data-route="${name} ${opened}"><th scope="row"><a href="#route-${index}">${name}</a><span
 class="permission">${opened}</span></th>${access.map((one) => accessCell(one))}</tr>
`;
}

const EMPTY_CELL = html`<td>`;

/** A cell of a table about access; its class is the kind of access. */
export function accessCell(access: Access): Html {
  // Most cells of a large matrix grant nothing: they are as short as can be.
  if (access.kind === "none") return EMPTY_CELL;
  const words = describeAccess(access);
  const title = access.kind === "conditional" ? html` title="${words}"` : undefined;
  return html`<td class="${access.kind}"${title}><span aria-hidden="true">${SIGNS[access.kind]}</span><span
 class="hidden">${words}</span></td>`;
}
