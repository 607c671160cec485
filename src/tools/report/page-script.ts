import { DRAWING_SCRIPT } from "./drawing-script.ts";
import { FILTER_SCRIPT, FORM_SCRIPT } from "./filter-script.ts";
import { NAMES_SHOWN } from "./matrix-table.ts";

/** The script of the page. It only shows and hides existing elements and creates no markup. */
export const PAGE_SCRIPT = `"use strict";
${FILTER_SCRIPT}
const table = byId("matrix");
const heads = [...table.tHead.rows[0].cells].slice(1).map((cell) => ({
  cell,
  more: cell.querySelector(".more"),
  names: all("[data-holder]", cell).map((element) => ({
    element, subject: element.dataset.holder.toLowerCase(), kind: element.dataset.kind })),
}));
const shownAtOnce = ${NAMES_SHOWN};
const names = heads.flatMap((head) => head.names);
const rows = [...table.tBodies[0].rows].map((row, index) => {
  let to = 0;
  const cells = [...row.cells].slice(1).map((cell) => {
    const from = to;
    to += cell.colSpan;
    return { cell, from, to, kind: cell.className || "none", isGap: cell.className === "" };
  });
  return { row, cells, text: row.dataset.route.toLowerCase(), details: byId("route-" + index) };
});
const holderRows = all("#roles-section tbody tr").map((row) => ({
  row,
  kind: row.dataset.kind,
  subjects: [row.dataset.holder, ...row.cells[1].textContent.split(", ")].map((text) => text.toLowerCase()),
}));
${DRAWING_SCRIPT}
// A name in a sentence or a row is what is between spaces and punctuation.
const textRows = (section) => all("#" + section + "-section tbody tr").map((row) => {
  const text = row.textContent.toLowerCase();
  const cells = [...row.cells].map((cell) => cell.textContent.toLowerCase()).join(" ");
  return { row, text, named: new Set(cells.split(/[\\s,;"\`'()]+/).flatMap((word) => [word, nameOf(word)])) };
});
const findings = textRows("findings");
const untested = textRows("coverage");

function filterHeads(isShown) {
  // How many columns are shown before each, and in all.
  const before = [0];
  for (const { cell, more, names } of heads) {
    let shown = 0;
    for (const name of names) {
      name.shown = isShown(name);
      name.element.hidden = !name.shown;
      if (name.shown) shown += 1;
    }
    cell.hidden = shown === 0;
    if (more !== null) {
      more.hidden = shown <= shownAtOnce;
      more.textContent = "and " + (shown - shownAtOnce) + " more";
    }
    before.push(before.at(-1) + (shown === 0 ? 0 : 1));
  }
  return before;
}

function filterRows(before, route, access) {
  let count = 0;
  for (const { row, cells, text, details } of rows) {
    const kinds = new Set(cells.filter(({ from, to }) => before[to] > before[from]).map(({ kind }) => kind));
    const visible = matches(text, route) && hasAccess(kinds, access);
    row.hidden = !visible;
    details.hidden = !visible;
    if (!visible) continue;
    count += 1;
    for (const { cell, from, to, isGap } of cells) {
      const span = before[to] - before[from];
      if (cell.hidden !== (span === 0)) cell.hidden = span === 0;
      if (isGap && span > 0 && cell.colSpan !== span) cell.colSpan = span;
    }
  }
  return count;
}

function filterTexts(list, route, holder, whole) {
  let count = 0;
  for (const { row, text, named } of list) {
    const visible = matches(text, route) &&
      holder.every((word) => whole.has(word) ? named.has(word) : text.includes(word));
    row.hidden = !visible;
    if (visible) count += 1;
  }
  return count;
}

function filter() {
  const holder = words(byId("filter-holder").value);
  const kinds = byId("filter-kind").value.split(" ");
  const route = words(byId("filter-route").value);
  const isKind = (kind) => kinds[0] === "" || kinds.includes(kind);
  const whole = new Set(holder.filter((word) => names.some(({ subject }) => isNamed(subject, word))));
  const before = filterHeads(({ subject, kind }) => isKind(kind) && holds(subject, holder, whole));
  const routes = filterRows(before, route, byId("filter-access").value);
  const shown = names.filter((name) => name.shown);
  for (const { row, kind, subjects } of holderRows) {
    row.hidden = !(isKind(kind) && subjects.some((subject) => holds(subject, holder, whole)));
  }
  filterDrawing(new Set(shown.map(({ subject }) => subject)), shown.length === names.length);
  const result = [plural(routes, rows.length, "route"), plural(shown.length, names.length, "subject")];
  const found = filterTexts(findings, route, holder, whole);
  const without = filterTexts(untested, route, holder, whole);
  if (findings.length > 0) result.push(plural(found, findings.length, "finding"));
  if (untested.length > 0) result.push(plural(without, untested.length, "row") + " without a test");
  byId("no-match").hidden = routes > 0;
  byId("filter-result").textContent = result.join(", ");
}

function openTarget() {
  const target = location.hash === "" ? null : byId(decodeURIComponent(location.hash.slice(1)));
  if (target === null || target.tagName !== "DETAILS") return;
  target.open = true;
  target.scrollIntoView();
  target.querySelector("summary").focus();
}

${FORM_SCRIPT}let closed = [];
addEventListener("beforeprint", () => {
  closed = all("details:not([open])");
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
filter();
openTarget();
`;
