import { counted } from "../text/counted.ts";
import { type Html, html } from "../text/html.ts";
import type { AccessReport, Holder } from "./access-report.ts";
import { type RoleGraph, roleLayout } from "./role-layout.ts";
import { moreRows, shownBy } from "./rows-by-script.ts";

const BOX = 26;
const MARGIN = 14;
/** Nobody can follow more arrows, and their layout takes half a minute for ten thousand. */
const MOST_EDGES = 1_500;
/** The width of a character of the drawing's font at 13 px, rounded up. */
const CHARACTER = 7.9;

/** Who has which role, as a diagram and as a table. */
export function rolesSection({ holders, roleGraph }: AccessReport, byScript = false): Html {
  const hasSources = holders.some(({ sources }) => sources.length > 0);
  return html`<section id="roles-section" aria-labelledby="roles-title">
<h2 id="roles-title">Who has which role</h2>
${drawn(roleGraph)}
<details id="roles-table"><summary>As a table, with all subjects</summary><div class="scroller"${shownBy(byScript)} role="region" aria-label="Roles as a table" tabindex="0"><table>
<thead><tr><th scope="col">Subject</th><th scope="col">Roles</th><th scope="col">Description</th>${hasSources ? html`<th scope="col">Members from a directory</th>` : undefined}</tr></thead>
<tbody>${(byScript ? [] : holders).map((holder) => holderRow(holder, hasSources))}</tbody></table></div>${byScript ? moreRows(html`<code>claimgate what-can SUBJECT</code> says which roles a subject has.`) : undefined}</details>
</section>`;
}

function drawn(graph: RoleGraph): Html {
  if (graph.nodes.length === 0) return html`<p class="empty">No row assigns a role.</p>`;
  if (graph.edges.length > MOST_EDGES) {
    return html`<p>${counted(graph.edges.length, "membership")} are too many to draw. <code>claimgate report --only-columns</code> draws a part of them.</p>`;
  }
  return html`<p>An arrow leads from a member to its role. Subjects without roles are in the table only.</p>
<div class="scroller drawing" role="region" aria-label="Drawing of the roles" tabindex="0">${drawing(graph)}</div>`;
}

function holderRow({ subject, roles, description, sources }: Holder, hasSources: boolean): Html {
  return html`<tr data-holder="${subject}" data-kind="${subject.slice(0, subject.indexOf(":"))}"><th scope="row"><code>${subject}</code></th><td>${roles.join(", ") || "none"}</td><td>${description}</td>${hasSources ? html`<td>${sources.join(", ")}</td>` : undefined}</tr>`;
}

function drawing(graph: RoleGraph): Html {
  const { nodes, edges, width, height } = roleLayout(graph, { height: BOX, margin: MARGIN, widthOf });
  const title = `${counted(nodes.length, "subject")} and ${counted(edges.length, "membership")}`;
  return html`<svg role="img" aria-labelledby="drawing-title" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title id="drawing-title">${title}; the table below has the same content</title>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path
 d="M0 0L8 4L0 8z" class="head"/></marker></defs>
${edges.map(
  ({ from, to, points }) =>
    html`<path class="edge" data-from="${from}" data-to="${to}" d="${curve(points)}" marker-end="url(#arrow)"/>\n`,
)}
${nodes.map(({ name, x, y, width: boxWidth }) => {
  const kind = name.slice(0, name.indexOf(":"));
  return html`<g class="node ${kind}" data-holder="${name}"><rect x="${x}" y="${y}" width="${boxWidth}" height="${BOX}" rx="${kind === "role" ? 13 : 4}"/><text x="${x + 12}" y="${y + 17}">${name}</text></g>`;
})}
</svg>`;
}

function widthOf(name: string): number {
  return Math.ceil([...name].length * CHARACTER) + 24;
}

/** Through the points, level at each of them. */
function curve([start, ...others]: readonly { readonly x: number; readonly y: number }[]): string {
  let from = start ?? { x: 0, y: 0 };
  const parts = [`M${from.x} ${from.y}`];
  for (const to of others) {
    const middle = (from.x + to.x) / 2;
    parts.push(`C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`);
    from = to;
  }
  return parts.join("");
}
