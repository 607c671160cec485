/** What the page runs. It only shows and hides what is there; it makes no markup. */
export const PAGE_SCRIPT = `"use strict";
const byId = (id) => document.getElementById(id);
const form = byId("filter");
const table = byId("matrix");
const heads = [...table.tHead.rows[0].cells].slice(1);
const rows = [...table.tBodies[0].rows];
const plural = (count, of, word) => (count === of ? "all " + of : count + " of " + of) + " " + word + (of === 1 ? "" : "s");
const words = (text) => text.toLowerCase().split(/\\s+/).filter((word) => word !== "");
const matches = (text, wanted) => wanted.every((word) => text.includes(word));
const nameOf = (subject) => subject.slice(subject.indexOf(":") + 1);
const isNamed = (subject, word) => subject === word || nameOf(subject) === word;
// A whole name is meant where there is one: team7 is not team70.
const holds = (subject, wanted, whole) => wanted.every((word) => whole.has(word) ? isNamed(subject, word) : subject.includes(word));

function kindsOfRow(row, shown) {
  return new Set([...row.cells].slice(1).filter((_, index) => shown[index]).map((cell) => cell.className || "none"));
}

function hasAccess(kinds, wanted) {
  if (wanted === "") return true;
  if (wanted === "nobody") return !["public", "allowed", "conditional"].some((kind) => kinds.has(kind));
  return wanted.split(" ").some((kind) => kinds.has(kind));
}

function filter() {
  const holder = words(byId("filter-holder").value);
  const kinds = byId("filter-kind").value.split(" ");
  const route = words(byId("filter-route").value);
  const access = byId("filter-access").value;
  const subjects = heads.map((head) => head.dataset.holder.toLowerCase());
  const whole = new Set(holder.filter((word) => subjects.some((subject) => isNamed(subject, word))));
  const shown = heads.map((head, index) =>
    holds(subjects[index], holder, whole) && (kinds[0] === "" || kinds.includes(head.dataset.kind)));
  heads.forEach((head, index) => { head.hidden = !shown[index]; });
  let routes = 0;
  for (const [index, row] of rows.entries()) {
    const visible = matches(row.dataset.route.toLowerCase(), route) && hasAccess(kindsOfRow(row, shown), access);
    row.hidden = !visible;
    byId("route-" + index).hidden = !visible;
    if (!visible) continue;
    routes += 1;
    shown.forEach((one, index) => { row.cells[index + 1].hidden = !one; });
  }
  const holders = shown.filter(Boolean).length;
  byId("no-match").hidden = routes > 0;
  byId("filter-result").textContent =
    plural(routes, rows.length, "route") + ", " + plural(holders, heads.length, "holder");
}

function openTarget() {
  const target = location.hash === "" ? null : byId(decodeURIComponent(location.hash.slice(1)));
  if (target === null || target.tagName !== "DETAILS") return;
  target.open = true;
  target.scrollIntoView();
  target.querySelector("summary").focus();
}

form.hidden = false;
for (const one of document.querySelectorAll("[data-script]")) one.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
for (const button of document.querySelectorAll("[data-reset]")) {
  button.addEventListener("click", () => { form.reset(); byId("filter-route").focus(); });
}
for (const button of document.querySelectorAll("[data-open]")) {
  button.addEventListener("click", () => {
    for (const one of document.querySelectorAll("details.route")) one.open = button.dataset.open === "true";
  });
}
addEventListener("hashchange", openTarget);
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
filter();
openTarget();
`;
