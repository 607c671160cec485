import type { AccessReport, Holder } from "./access-report.ts";
import { type Html, html } from "./html.ts";
import type { Layout, PlacedEdge } from "./layered-layout.ts";

const ROW = 38;
const BOX = 26;
const GAP = 64;
const MARGIN = 14;
/** The width of a character of the drawing's font at 13 px, rounded up. */
const CHARACTER = 7.9;

/** Who has which role, as a diagram and as a table. */
export function rolesSection({ holders, roleGraph }: AccessReport): Html {
  return html`<section id="roles-section" aria-labelledby="roles-title">
<h2 id="roles-title">Who has which role</h2>
${
  roleGraph.nodes.length === 0
    ? html`<p class="empty">No row assigns a role.</p>`
    : html`<p>An arrow leads from a member to its role. Subjects without roles are in the table only.</p>
<div class="scroller drawing" role="region" aria-label="Drawing of the roles" tabindex="0">${drawing(roleGraph)}</div>`
}
<details><summary>As a table, with all subjects</summary><div class="scroller" role="region" aria-label="Roles as a table" tabindex="0"><table>
<thead><tr><th scope="col">Holder</th><th scope="col">Roles</th><th scope="col">Description</th></tr></thead>
<tbody>${holders.map(holderRow)}</tbody></table></div></details>
</section>`;
}

function holderRow({ subject, roles, description }: Holder): Html {
  return html`<tr data-holder="${subject}" data-kind="${subject.slice(0, subject.indexOf(":"))}"><th scope="row"><code>${subject}</code></th><td>${roles.join(", ") || "none"}</td><td>${description}</td></tr>`;
}

function drawing(layout: Layout): Html {
  const widths = Array.from({ length: layout.layers }, (_, layer) =>
    Math.max(0, ...layout.nodes.filter((node) => node.layer === layer).map(({ name }) => widthOf(name))),
  );
  const lefts = widths.map((_, layer) =>
    widths.slice(0, layer).reduce((sum, width) => sum + width + GAP, MARGIN),
  );
  const width = (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0) + MARGIN;
  const height = Math.ceil(layout.rows * ROW + 2 * MARGIN - (ROW - BOX));
  const layerOf = new Map(layout.nodes.map(({ name, layer }) => [name, layer]));
  const paths = layout.edges.map((edge) => {
    const layers = [layerOf.get(edge.from) ?? 0, layerOf.get(edge.to) ?? 0].sort((a, b) => a - b);
    return edgePath(edge, layers[0] ?? 0, lefts, widths);
  });
  const title = `${layout.nodes.length} holders and ${layout.edges.length} memberships`;
  return html`<svg role="img" aria-labelledby="drawing-title" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title id="drawing-title">${title}; the table below has the same content</title>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path
 d="M0 0L8 4L0 8z" class="head"/></marker></defs>
${paths}
${layout.nodes.map(({ name, layer, row }) => {
  const x = lefts[layer] ?? 0;
  const y = tenths(MARGIN + row * ROW);
  const kind = name.slice(0, name.indexOf(":"));
  return html`<g class="node ${kind}" data-holder="${name}"><rect x="${x}" y="${y}" width="${widthOf(name)}" height="${BOX}" rx="${kind === "role" ? 13 : 4}"/><text x="${x + 12}" y="${tenths(y + 17)}">${name}</text></g>`;
})}
</svg>`;
}

/** Rows may lie between pixels; a tenth of a pixel is precise enough. */
function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function widthOf(name: string): number {
  return Math.ceil([...name].length * CHARACTER) + 24;
}

/** A curve from box to box, straight through the layers between. */
function edgePath(
  { from, to, rows, back }: PlacedEdge,
  first: number,
  lefts: readonly number[],
  widths: readonly number[],
): Html {
  const middle = (row: number) => tenths(MARGIN + row * ROW + BOX / 2);
  const startName = back ? to : from;
  const startX = (lefts[first] ?? 0) + widthOf(startName);
  const parts = [`M${startX} ${middle(rows[0] ?? 0)}`, `H${(lefts[first] ?? 0) + (widths[first] ?? 0)}`];
  let x = (lefts[first] ?? 0) + (widths[first] ?? 0);
  for (let index = 1; index < rows.length; index += 1) {
    const layer = first + index;
    const left = (lefts[layer] ?? 0) - (index === rows.length - 1 ? 2 : 0);
    const half = (left - x) / 2;
    const [y0, y1] = [middle(rows[index - 1] ?? 0), middle(rows[index] ?? 0)];
    parts.push(`C${x + half} ${y0} ${x + half} ${y1} ${left} ${y1}`);
    x = left;
    if (index < rows.length - 1) {
      x = (lefts[layer] ?? 0) + (widths[layer] ?? 0);
      parts.push(`H${x}`);
    }
  }
  const marker = back ? html`marker-start="url(#arrow)"` : html`marker-end="url(#arrow)"`;
  return html`<path class="edge" data-from="${from}" data-to="${to}" d="${parts.join("")}" ${marker}/>
`;
}
