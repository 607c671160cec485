import { type Access, describeAccess } from "../access/access.ts";
import { type Column, equalColumns } from "../access/equal-columns.ts";
import { number } from "../text/counted.ts";
import { type Html, html } from "../text/html.ts";
import type { Holder } from "./access-report.ts";

type NamedHolder = Pick<Holder, "subject" | "description">;

export interface MatrixTable {
  readonly caption: string;
  readonly corner: string;
  readonly holders: readonly NamedHolder[];
  readonly rows: readonly {
    readonly head: Html;
    readonly key?: string;
    readonly access: readonly Access[];
  }[];
}

/** The signs of access in a table. */
export const SIGNS: Readonly<Record<Access["kind"], string>> = {
  public: "○",
  allowed: "✓",
  conditional: "if",
  denied: "✕",
  none: "",
};

const LEGEND: readonly (readonly [Access["kind"], string])[] = [
  ["allowed", "allowed"],
  ["conditional", "depends on the request"],
  ["denied", "denied by a row"],
  ["none", "not granted"],
  ["public", "open to everyone: no authorizer"],
];

/**
 * The number of names that the style sheet shows in the head of a column; the others are in its title, and on paper.
 */
export const NAMES_SHOWN = 4;

/** A row for each route or permission, a column for each subject; roles and groups with the same access share one. */
export function matrixTable({ caption, corner, holders, rows }: MatrixTable): Html {
  const columns = equalColumns(holders, rows);
  return html`<table id="matrix"><caption class="hidden">${caption}</caption>
<thead><tr><th scope="col" class="corner">${corner}</th>${columns.map(columnHead)}</tr></thead>
<tbody>${rows.map(({ head, key, access }) => {
    const data = key === undefined ? undefined : html` data-route="${key}"`;
    return html`<tr${data}><th scope="row">${head}</th>${cellsOf(columns, access)}</tr>\n`;
  })}</tbody></table>`;
}

/** The legend of the signs. */
export function legend(): Html {
  return html`<ul class="legend" aria-label="Signs of the table">${LEGEND.map(
    ([kind, words]) =>
      html`<li><span class="sign ${kind}" aria-hidden="true">${SIGNS[kind] || "\u00a0"}</span> ${words}</li>`,
  )}</ul>`;
}

function columnHead({ holders }: Column<NamedHolder>): Html {
  const more = holders.length - NAMES_SHOWN;
  if (more <= 0) return html`<th scope="col"><span class="turned">${holders.map(headName)}</span></th>`;
  const title = holders.map(({ subject }) => subject).join(", ");
  return html`<th scope="col" title="${title}"><span class="turned">${holders.map(headName)}<span
 class="more">and ${number(more)} more</span></span></th>`;
}

function headName({ subject, description }: NamedHolder): Html {
  const colon = subject.indexOf(":");
  const title = description === undefined ? undefined : html` title="${subject}: ${description}"`;
  return html`<span class="one" data-holder="${subject}" data-kind="${subject.slice(0, colon)}"${title}><span
 class="kind">${subject.slice(0, colon + 1)}</span>${subject.slice(colon + 1)}</span> `;
}

/** Adjacent cells that grant nothing are merged, as most of a large matrix is empty. */
function cellsOf(columns: readonly Column<NamedHolder>[], access: readonly Access[]): readonly Html[] {
  const cells: Html[] = [];
  let empty = 0;
  const endGap = () => {
    if (empty > 0) cells.push(empty === 1 ? html`<td>` : html`<td colspan="${empty}">`);
    empty = 0;
  };
  for (const { index } of columns) {
    const one = access[index];
    if (one === undefined || one.kind === "none") {
      empty += 1;
      continue;
    }
    endGap();
    cells.push(accessCell(one));
  }
  endGap();
  return cells;
}

/** Its class is the kind of access, whose sign the style sheet shows; the words are for screen readers. */
function accessCell(access: Access): Html {
  const words = describeAccess(access);
  const title = access.kind === "conditional" ? html` title="${words}"` : undefined;
  return html`<td class="${access.kind}"${title}>${words}`;
}
