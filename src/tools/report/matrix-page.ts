import type { Subject } from "../../policy/subject.ts";
import type { Access } from "../access/access.ts";
import { htmlDocument } from "./document.ts";
import { html } from "./html.ts";
import { legend, matrixTable } from "./matrix-table.ts";

export interface MatrixPage {
  readonly policyVersion: string;
  readonly columns: readonly Subject[];
  readonly rows: readonly { readonly name: string; readonly access: readonly Access[] }[];
  /** `permissions` or `routes`. */
  readonly what: string;
}

/** The matrix alone, as one page without a script: to be kept, sent or printed. */
export function matrixPage({ policyVersion, columns, rows, what }: MatrixPage): string {
  return htmlDocument({
    title: "Access matrix",
    head: html`<h1>Access matrix</h1>
<p>Policy <code>${policyVersion}</code></p>`,
    main: html`<section id="matrix-section" aria-labelledby="matrix-title">
<h2 id="matrix-title">Who may do what</h2>
${legend()}
<div class="scroller" role="region" aria-labelledby="matrix-title" tabindex="0">
${matrixTable({
  caption: `The ${what} of the policy and who holds them`,
  corner: what === "routes" ? "Route" : "Permission",
  holders: columns.map((subject) => ({ subject, description: undefined })),
  rows: rows.map(({ name, access }) => ({ head: html`<span class="name">${name}</span>`, access })),
})}</div>
</section>`,
    foot: html`<p>Made by claimgate from the policy files alone. A column says what a token can do that holds it. Roles and groups with the same access share a column.</p>`,
  });
}
