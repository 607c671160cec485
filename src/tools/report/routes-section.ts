import { type Access, describeAccess } from "../access/access.ts";
import { type Html, html } from "../text/html.ts";
import type { AccessReport, Holder, RouteReport } from "./access-report.ts";
import type { ReportedRow } from "./reported-rows.ts";

/** Each route and its rows, which show why a caller may call it. */
export function routesSection({ routes, holders }: AccessReport): Html {
  return html`<section id="routes-section" aria-labelledby="routes-title">
<h2 id="routes-title">Route by route</h2>
<p class="tools" data-script hidden><button type="button" data-open="true">Open all</button> <button type="button"
 data-open="false">Close all</button></p>
${routes.map((route, index) => routeDetails(route, index, holders))}
</section>`;
}

function routeDetails(route: RouteReport, index: number, holders: readonly Holder[]): Html {
  const opened = route.isPublic ? "public" : route.permissions.join(", ");
  return html`<details id="route-${index}" class="route"><summary><span class="name">${route.name}</span> <span
 class="permission">${opened}</span> <span class="verdict">${verdict(route)}</span></summary>
${route.isPublic ? html`<p>This route has no authorizer: anyone may call it, signed in or not.</p>` : explanation(route, holders)}
</details>`;
}

/** How many of the subjects may call a route. */
export function verdict({ isPublic, access }: RouteReport): string {
  if (isPublic) return "open to everyone";
  const count = (kind: Access["kind"]) => access.filter((one) => one.kind === kind).length;
  const parts = [
    ...(count("allowed") > 0 ? [`${count("allowed")} allowed`] : []),
    ...(count("conditional") > 0 ? [`${count("conditional")} by condition`] : []),
    ...(count("denied") > 0 ? [`${count("denied")} denied`] : []),
  ];
  return parts.length === 0 ? "no one may" : parts.join(", ");
}

function explanation({ permissions, rows, access }: RouteReport, holders: readonly Holder[]): Html {
  if (rows.length === 0) {
    return html`<p>No row grants ${permissions.join(" or ")}: no one may call this route.</p>`;
  }
  return html`<ul class="outcomes">${outcome("May", access, holders, "allowed")}${outcome("May, by condition", access, holders, "conditional")}${outcome("Denied", access, holders, "denied")}</ul>
<div class="scroller" role="region" aria-label="Rows about ${permissions.join(", ")}" tabindex="0"><table>
<thead><tr><th scope="col">Effect</th><th scope="col">Who</th><th scope="col">Permission</th><th scope="col">Condition</th><th
 scope="col">Held by</th><th scope="col">Row</th></tr></thead>
<tbody>${rows.map(tableRow)}</tbody></table></div>`;
}

function outcome(
  words: string,
  access: readonly Access[],
  holders: readonly Holder[],
  kind: Access["kind"],
): Html | undefined {
  const items = access.flatMap((one, index) => {
    if (one.kind !== kind) return [];
    const condition = kind === "conditional" ? html` <small>${describeAccess(one)}</small>` : undefined;
    return [html`<span class="chip ${kind}">${holders[index]?.subject}${condition}</span> `];
  });
  return items.length === 0 ? undefined : html`<li><b>${words}</b> ${items}</li>`;
}

/** Uses few elements, since a large policy has tens of thousands of these rows. */
function tableRow({ effect, subject, permission, condition, file, line, heldBy }: ReportedRow): Html {
  const kind = effect === "allow" ? "allowed" : "denied";
  const when = condition === undefined ? html`<td>always` : html`<td class="code">${condition}`;
  return html`<tr><td class="${kind}">${effect}<td class="code">${subject}<td class="code">${permission}${when}<td>${heldBy.join(", ") || "only itself"}<td class="code">${file}:${line}`;
}
