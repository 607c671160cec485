import { type Html, html } from "../text/html.ts";
import type { AccessReport } from "./access-report.ts";
import { moreRows, shownBy } from "./rows-by-script.ts";

/** The findings of the linter. */
export function findingsSection({ findings }: AccessReport, byScript = false): Html {
  const table = html`<div class="scroller"${shownBy(byScript)} role="region" aria-label="Findings" tabindex="0"><table>
<thead><tr><th scope="col">Severity</th><th scope="col">Where</th><th scope="col">What</th><th scope="col">Fix</th><th
 scope="col">Rule</th></tr></thead>
<tbody>${(byScript ? [] : findings).map(
    ({ severity, file, line, column, message, fix, rule }) =>
      html`<tr><td><span class="chip ${severity}">${severity}</span></td><td><code>${file}:${line}:${column}</code></td><td>${message}</td><td>${fix}</td><td><code>${rule}</code></td></tr>`,
  )}</tbody></table></div>${byScript ? moreRows(html`<code>claimgate check</code> lists them.`) : undefined}`;
  return html`<section id="findings-section" aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${findings.length === 0 ? html`<p class="empty">The linter has no findings. It did not compare the policy with serverless.yml.</p>` : table}
</section>`;
}

/** The coverage of the policy by its tests; empty if it was not measured. */
export function coverageSection({ coverage }: AccessReport, byScript = false): Html | undefined {
  if (coverage === undefined) return undefined;
  const { passed, failed, covered, total, percent, uncovered } = coverage;
  const outcome =
    failed === 0
      ? html`<span class="chip allowed">${passed} passed</span>`
      : html`<span class="chip denied">${failed} failed</span> ${passed} passed`;
  return html`<section id="coverage-section" aria-labelledby="coverage-title">
<h2 id="coverage-title">Policy tests</h2>
<p>${outcome}</p>
<p><meter min="0" max="${total}" value="${covered}" aria-label="Tested rows">${covered} of ${total}</meter>The tests cover ${covered} of ${total} rows (${percent} %).</p>
${
  uncovered.length === 0
    ? undefined
    : html`<div class="scroller"${shownBy(byScript)} role="region" aria-label="Rows without a test" tabindex="0"><table>
<thead><tr><th scope="col">Row without a test</th><th scope="col">Where</th></tr></thead>
<tbody>${(byScript ? [] : uncovered).map(({ file, line, row }) => html`<tr><td><code>${row}</code></td><td><code>${file}:${line}</code></td></tr>`)}</tbody></table></div>${byScript ? moreRows(html`<code>claimgate test --coverage</code> lists the rows without a test.`) : undefined}`
}
</section>`;
}
