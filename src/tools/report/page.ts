import type { AccessReport } from "./access-report.ts";
import { coverageSection, findingsSection } from "./checks-section.ts";
import { htmlDocument } from "./document.ts";
import { type Html, html } from "./html.ts";
import { matrixSection } from "./matrix-section.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { rolesSection } from "./roles-section.ts";
import { routesSection } from "./routes-section.ts";

export interface PageOptions {
  /** What the report is about: the directory of the policy. */
  readonly about: string;
  /** When it was made, as `2026-11-26`. */
  readonly date: string;
}

/** The whole report, as one page. */
export function reportPage(report: AccessReport, { about, date }: PageOptions): string {
  const { holders, routes, findings, coverage } = report;
  const permissions = new Set(routes.flatMap((route) => route.permissions));
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return htmlDocument({
    title: `Access report: ${about}`,
    head: html`<h1>Access report</h1>
<p>${about}, policy <code>${report.policyVersion}</code>, <time datetime="${date}">${date}</time></p>
${limitsOf(report)}
<ul class="counts"><li><b>${routes.length}</b> routes</li><li><b>${permissions.size}</b> permissions</li><li><b>${holders.length}</b> holders</li><li
 class="${findings.length > 0 ? (errors > 0 ? "bad" : "so-so") : "good"}"><b>${findings.length}</b> findings</li></ul>
<nav aria-label="Parts of the report"><ul><li><a href="#matrix-section">Matrix</a></li><li><a href="#routes-section">Routes</a></li><li><a
 href="#roles-section">Roles</a></li><li><a href="#findings-section">Findings</a></li>${coverage === undefined ? undefined : html`<li><a href="#coverage-section">Tests</a></li>`}</ul></nav>`,
    main: html`${matrixSection(report)}
${routesSection(report)}
${rolesSection(report)}
${findingsSection(report)}
${coverageSection(report)}`,
    foot: html`<p>Made by claimgate from the policy files alone. Whether an order is the caller's own is for the backend to check.</p>`,
    script: PAGE_SCRIPT,
  });
}

/** A part must not be taken for the whole. */
function limitsOf({ limits: { rows, columns } }: AccessReport): Html | undefined {
  if (rows === undefined && columns === undefined) return undefined;
  const parts = [
    ...(rows === undefined ? [] : [html`routes that match <code>${rows}</code>`]),
    ...(columns === undefined ? [] : [html`holders that match <code>${columns}</code>`]),
  ];
  const [first, second] = parts;
  return html`<p id="limits"><b>This is a part of the policy:</b> only ${first}${second === undefined ? undefined : html`, and ${second}`}. Findings
and tests are of the whole policy.</p>`;
}
