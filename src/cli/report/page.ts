import { createHash } from "node:crypto";
import type { AccessReport } from "../../analysis/report/access-report.ts";
import { coverageSection, findingsSection } from "./checks-section.ts";
import { Html, html } from "./html.ts";
import { matrixSection } from "./matrix-section.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { rolesSection } from "./roles-section.ts";
import { routesSection } from "./routes-section.ts";

export interface PageOptions {
  /** What the report is about: the directory of the policy. */
  readonly about: string;
  /** When it was made, as `2026-11-26`. */
  readonly date: string;
}

/** One page that needs nothing else: no network, no file beside it. What it may run is pinned by its own CSP. */
export function reportPage(report: AccessReport, { about, date }: PageOptions): string {
  const { holders, routes, findings, coverage } = report;
  const policy = `default-src 'none'; style-src '${hashOf(PAGE_STYLE)}'; script-src '${hashOf(PAGE_SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const permissions = new Set(routes.flatMap((route) => route.permissions));
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Access report: ${about}</title>
<style>${new Html(PAGE_STYLE)}</style></head>
<body><a class="skip" href="#main">Skip to the report</a>
<header><h1>Access report</h1>
<p>${about}, policy <code>${report.policyVersion}</code>, <time datetime="${date}">${date}</time></p>
<ul class="counts"><li><b>${routes.length}</b> routes</li><li><b>${permissions.size}</b> permissions</li><li><b>${holders.length}</b> holders</li><li
 class="${findings.length > 0 ? (errors > 0 ? "bad" : "so-so") : "good"}"><b>${findings.length}</b> findings</li></ul>
<nav aria-label="Parts of the report"><ul><li><a href="#matrix-section">Matrix</a></li><li><a href="#routes-section">Routes</a></li><li><a
 href="#roles-section">Roles</a></li><li><a href="#findings-section">Findings</a></li>${coverage === undefined ? undefined : html`<li><a href="#coverage-section">Tests</a></li>`}</ul></nav></header>
<main id="main" tabindex="-1">
${matrixSection(report)}
${routesSection(report)}
${rolesSection(report)}
${findingsSection(report)}
${coverageSection(report)}
</main>
<footer><p>Made by claimgate from the policy files alone. Whether an order is the caller's own is for the backend to check.</p></footer>
<script>${new Html(PAGE_SCRIPT)}</script></body></html>
`.text;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
