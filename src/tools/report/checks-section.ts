import type { AccessReport } from "./access-report.ts";
import { type Html, html } from "./html.ts";

/** What the linter found. */
export function findingsSection({ findings }: AccessReport): Html {
  const table = html`<div class="scroller" role="region" aria-label="Findings" tabindex="0"><table>
<thead><tr><th scope="col">Severity</th><th scope="col">Where</th><th scope="col">What</th><th scope="col">What to do</th><th
 scope="col">Rule</th></tr></thead>
<tbody>${findings.map(
    ({ severity, file, line, column, message, fix, rule }) =>
      html`<tr><td><span class="chip ${severity}">${severity}</span></td><td><code>${file}:${line}:${column}</code></td><td>${message}</td><td>${fix}</td><td><code>${rule}</code></td></tr>`,
  )}</tbody></table></div>`;
  return html`<section id="findings-section" aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${findings.length === 0 ? html`<p class="empty">The linter has nothing to say. It did not compare the policy with serverless.yml.</p>` : table}
</section>`;
}

/** How much of the policy its tests have seen; nothing where nobody measured. */
export function coverageSection({ coverage }: AccessReport): Html | undefined {
  if (coverage === undefined) return undefined;
  const { passed, failed, covered, total, percent, uncovered } = coverage;
  const outcome =
    failed === 0
      ? html`<span class="chip allowed">${passed} passed</span>`
      : html`<span class="chip denied">${failed} failed</span> ${passed} passed`;
  return html`<section id="coverage-section" aria-labelledby="coverage-title">
<h2 id="coverage-title">Policy tests</h2>
<p>${outcome}</p>
<p><meter min="0" max="${total}" value="${covered}" aria-label="Rows at work">${covered} of ${total}</meter>The tests decided something by ${covered} of ${total} rows (${percent} %).</p>
${
  uncovered.length === 0
    ? undefined
    : html`<div class="scroller" role="region" aria-label="Rows without a test" tabindex="0"><table>
<thead><tr><th scope="col">Row that no test decides by</th><th scope="col">Where</th></tr></thead>
<tbody>${uncovered.map(({ file, line, row }) => html`<tr><td><code>${row}</code></td><td><code>${file}:${line}</code></td></tr>`)}</tbody></table></div>`
}
</section>`;
}
