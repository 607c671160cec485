import { DRAWING_SCRIPT } from "../drawing-script.ts";
import { FILTER_SCRIPT, FORM_SCRIPT } from "../filter-script.ts";
import { DATA_SCRIPT } from "./data-script.ts";
import { LISTS_SCRIPT } from "./lists-script.ts";
import { MATRIX_SCRIPT, PRINTED_CELLS } from "./matrix-script.ts";
import { ROUTES_SCRIPT } from "./routes-script.ts";

/** The script of a large page. It draws what is on the screen from the data of the page, strings as text. */
export const LARGE_SCRIPT = `"use strict";
${FILTER_SCRIPT}
${DATA_SCRIPT}
${DRAWING_SCRIPT}
const hasSources = holders.some(({ sources }) => sources.length > 0);
${LISTS_SCRIPT}
${MATRIX_SCRIPT}
${ROUTES_SCRIPT}
// A name in a sentence or a row is what is between spaces and punctuation.
const namesIn = (text) => new Set(text.split(/[\\s,;"\`'()]+/).flatMap((word) => [word, nameOf(word)]));
const textMatches = (one, route, holder, whole) => {
  const text = spelled(one).join(" ").toLowerCase();
  if (!matches(text, route)) return false;
  const named = holder.some((word) => whole.has(word)) ? namesIn(text) : undefined;
  return holder.every((word) => whole.has(word) ? named.has(word) : text.includes(word));
};

function filter() {
  const holder = words(byId("filter-holder").value);
  const kinds = byId("filter-kind").value.split(" ");
  const route = words(byId("filter-route").value);
  const access = byId("filter-access").value;
  const isKind = (kind) => kinds[0] === "" || kinds.includes(kind);
  const whole = new Set(holder.filter((word) => holders.some(({ subject }) => isNamed(subject, word))));
  for (const one of holders) one.shown = isKind(one.kind) && holds(one.subject, holder, whole);
  const shown = holders.filter((one) => one.shown);
  const across = [...columns.keys()].filter((index) => columns[index].holders.some((one) => one.shown));
  const down = [...routes.keys()].filter((index) => matches(routes[index].text, route) && hasAccess(kindsIn(routes[index], across, access), access));
  scroller.scrollTop = 0;
  scroller.scrollLeft = 0;
  showMatrix(down, across);
  routeList.show(down);
  lists.holders.show(holders.filter(({ kind, subject, roles }) =>
    isKind(kind) && [subject, ...roles.map((role) => role.toLowerCase())].some((one) => holds(one, holder, whole))));
  filterDrawing(new Set(shown.map(({ subject }) => subject)), shown.length === holders.length);
  const found = data.findings.filter((one) => textMatches(one, route, holder, whole));
  const without = data.untested.filter((one) => textMatches(one, route, holder, whole));
  lists.findings?.show(found);
  lists.untested?.show(without);
  const result = [plural(down.length, routes.length, "route"), plural(shown.length, holders.length, "subject")];
  if (data.findings.length > 0) result.push(plural(found.length, data.findings.length, "finding"));
  if (data.untested.length > 0) result.push(plural(without.length, data.untested.length, "row") + " without a test");
  byId("no-match").hidden = down.length > 0;
  byId("filter-result").textContent = result.join(", ");
}

// Only if it is asked for: the one part of a filter that looks at every cell.
function kindsIn({ cells }, across, access) {
  const codes = new Set();
  if (access !== "") for (const index of across) codes.add(cells[index]);
  return new Set([...codes].map(kindOf));
}

${FORM_SCRIPT}// What the filters leave is printed whole if paper can hold it.
let before = false;
let closed = [];
addEventListener("beforeprint", () => {
  before = matrix.isWhole;
  const fits = before || matrix.rows.length * matrix.columns.length <= ${PRINTED_CELLS};
  byId("not-printed").hidden = fits;
  table.classList.toggle("unprinted", !fits);
  if (!fits) return;
  drawWhole(true);
  closed = all("#roles-section details:not([open])");
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => {
  byId("not-printed").hidden = true;
  table.classList.remove("unprinted");
  drawWhole(before);
  for (const one of closed) one.open = false;
  closed = [];
});
measure();
lists.through?.show(data.through);
filter();
openTarget();
// The browser moves the focus itself once the page has loaded.
addEventListener("load", () => setTimeout(openTarget));
`;
