import { number } from "../../text/counted.ts";
import { type Html, html } from "../../text/html.ts";
import type { AccessReport } from "../access-report.ts";
import { appsSection } from "../apps-section.ts";
import { coverageSection, findingsSection } from "../checks-section.ts";
import { filterForm } from "../matrix-section.ts";
import { legend } from "../matrix-table.ts";
import { rolesSection } from "../roles-section.ts";
import { verdict } from "../routes-section.ts";

/** The most cells that grant or deny, rows of routes, findings and rows without a test of a page without a window. */
const PLAIN = 5_000;

/** Whether a page with all of it as elements would be slow to open. */
export function isLarge({ routes, findings, coverage }: AccessReport): boolean {
  let parts = findings.length + (coverage?.uncovered.length ?? 0);
  for (const { access, rows } of routes) {
    parts += rows.length;
    for (const { kind } of access) if (kind !== "none") parts += 1;
    if (parts > PLAIN) return true;
  }
  return parts > PLAIN;
}

/** The parts of a large page, which its script fills with what is on the screen. */
export function largeSections(report: AccessReport): Html {
  return html`${matrixSection(report)}
<section id="routes-section" aria-labelledby="routes-title">
<h2 id="routes-title">Route by route</h2>
<p class="tools" data-script hidden><button type="button" data-open="true">Open all shown</button> <button type="button"
 data-open="false">Close all</button></p>
<div id="routes"></div>
<button class="show-more" hidden></button>
<noscript><p>The matrix above lists the routes.</p></noscript>
</section>
${appsSection(report, true)}
${rolesSection(report, true)}
${findingsSection(report, true)}
${coverageSection(report, true)}`;
}

function matrixSection(report: AccessReport): Html {
  return html`<section id="matrix-section" aria-labelledby="matrix-title">
<h2 id="matrix-title">Who may call what</h2>
<p>A column shows what a token with that subject may do, including all roles that follow from it and the role of its kind of token. Roles and groups with the same access share a column. A user in several groups has the access of all of them, and a deny in any of them wins.</p>
${filterForm()}
${legend()}
<p data-script hidden>Use the filters to find a name: only what is on the screen is drawn, so the search of the browser sees no more. In the table, the arrow keys, Page Up, Page Down, Home and End move from cell to cell, and Enter opens the route.</p>
<div class="scroller" data-script hidden><div id="canvas">
<table id="matrix" role="grid" tabindex="0" aria-labelledby="matrix-title" aria-readonly="true">
<thead><tr aria-rowindex="1"><th scope="col" class="corner" aria-colindex="1">Route and permission</th></tr></thead>
<tbody></tbody></table></div></div>
<p id="not-printed" hidden>The matrix is too large for paper and is left out. Filter it before you print, or draw all of it.</p>
<p class="whole" hidden><button type="button" id="whole"></button> <span id="whole-cost"></span></p>
<p id="no-match" class="empty" hidden>No route matches. <button type="button" data-reset>Show all</button></p>
<noscript>${withoutScript(report)}</noscript>
</section>`;
}

/** What a reader sees whose browser runs no script. */
function withoutScript({ routes, holders }: AccessReport): Html {
  return html`<p><b>This page needs its script to draw a matrix of ${number(routes.length)} routes and ${number(holders.length)} subjects.</b> Without it, the page says how many of the subjects may call each route. <code>claimgate matrix --rows routes --columns all --format csv</code> writes all of the matrix for a spreadsheet.</p>
<div class="scroller" role="region" aria-label="Routes" tabindex="0"><table>
<thead><tr><th scope="col">Route</th><th scope="col">Permission</th><th scope="col">Who may call it</th></tr></thead>
<tbody>${routes.map((route) => {
    const opened = route.isPublic ? "public" : route.permissions.join(", ");
    return html`<tr><th scope="row"><span class="name">${route.name}</span></th><td class="code">${opened}</td><td>${verdict(route)}</td></tr>\n`;
  })}</tbody></table></div>`;
}
